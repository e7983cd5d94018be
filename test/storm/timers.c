/* timers.c - timers of boot time as they are, under libfaketime.
 *
 * libfaketime 0.9.10 moves the instant of every timerfd_settime by what the wall clock is wrong, also on clocks that it
 * leaves alone. Preloaded before it, this gives the call back to the kernel. */
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

int timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old)
{
    return (int)syscall(SYS_timerfd_settime, fd, flags, value, old);
}
