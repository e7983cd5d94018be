/* One at a time; what the worker has found is the loop's from `back` on. */
#include "main/adopt.h"

#include "base/assert.h"
#include "main/absent.h"
#include "main/prepare.h"

static void worker(uv_work_t *work)
{
    Adopt *adopt = work->data;
    const AdoptWish *wish = &adopt->wish;
    Adopted *result = &adopt->result;
    if (wish->copy_major != 0 && absent_is(adopt->site)) {
        result->copy_begun = absent_begin_copy(adopt->site, wish->copy_major, &result->error);
        if (!result->copy_begun) {
            return;
        }
    }
    result->absent = !wish->answered && absent_is(adopt->site);
    result->ok = !result->absent &&
                 prepare_instance(adopt->site, adopt->net, false, &result->setup, &result->error);
}

static void back(uv_work_t *work, int status)
{
    Adopt *adopt = work->data;
    (void)status; /* never cancelled before it began */
    adopt->runs = false;
    if (!adopt->closing) {
        adopt->over(adopt->ctx, &adopt->wish, &adopt->result);
    }
}

bool adopt_begin(Adopt *adopt, const AdoptWish *wish)
{
    assert(!adopt->closing);
    if (adopt->runs) {
        return false;
    }
    adopt->runs = true;
    adopt->wish = *wish;
    adopt->result = (Adopted){0};
    adopt->work.data = adopt;
    const int code = uv_queue_work(loop_uv(adopt->loop), &adopt->work, worker, back);
    assert(code == 0);
    return true;
}

void adopt_end(Adopt *adopt)
{
    adopt->closing = true;
}
