"""The variants of a total outage: what goes on when the power fails, what is damaged, and who comes back.

A variant is a function of a Stage (matrix.py), which has the cluster: it prepares, calls stage.outage(), damages, and names
who comes back. `lossy`: something acknowledged could be lost by opening the wrong server.
"""
import time

VARIANTS = []
WITH_BACKUPS = set()    # of these the servers have a backup directory each, and the primary a backup


def variant(lossy):
    def note(function):
        VARIANTS.append((function.__name__, function, lossy))
        return function
    return note


def with_backups(function):
    WITH_BACKUPS.add(function.__name__)
    return function


@variant(lossy=True)
def both_return_and_the_primary_is_asked(stage):
    stage.outage()
    stage.ask(stage.primary)


@variant(lossy=True)
def both_return_and_the_standby_is_asked(stage):
    stage.outage()
    stage.ask(stage.standby)


@variant(lossy=False)
def the_primary_returns_alone(stage):
    stage.outage()
    stage.leave_off(stage.standby, stage.arbiter)


@variant(lossy=True)
def the_standby_returns_alone(stage):
    stage.outage()
    stage.leave_off(stage.primary, stage.arbiter)


@variant(lossy=False)
def the_primary_returns_with_the_arbiter(stage):
    stage.outage()
    stage.leave_off(stage.standby)


@variant(lossy=True)
def the_standby_returns_with_the_arbiter(stage):
    stage.outage()
    stage.leave_off(stage.primary)


@variant(lossy=True)
def the_arbiter_is_lost(stage):
    stage.outage()
    stage.leave_off(stage.arbiter)


@variant(lossy=True)
def the_arbiter_forgot(stage):
    stage.outage()
    stage.forget(stage.arbiter)


@variant(lossy=True)
def the_arbiter_forgot_and_the_primary_is_off(stage):
    stage.outage()
    stage.forget(stage.arbiter)
    stage.leave_off(stage.primary)


@variant(lossy=True)
def the_disk_of_the_primary_is_lost(stage):
    stage.outage()
    stage.lose(stage.primary)


@variant(lossy=True)
def the_disk_of_the_standby_is_lost(stage):
    stage.outage()
    stage.lose(stage.standby)


@variant(lossy=True)
def the_directory_of_the_primary_is_yesterdays_copy(stage):
    stage.keep_copy(stage.primary)
    stage.outage()
    stage.put_back(stage.primary)


@variant(lossy=True)
def the_directory_of_the_standby_is_yesterdays_copy(stage):
    stage.keep_copy(stage.standby)
    stage.outage()
    stage.put_back(stage.standby)


@variant(lossy=True)
def the_standbys_is_yesterdays_copy_and_the_primarys_is_lost(stage):
    stage.keep_copy(stage.standby)
    stage.outage()
    stage.put_back(stage.standby)
    stage.lose(stage.primary)


@variant(lossy=True)
def the_memory_of_the_primary_is_yesterdays_copy(stage):
    stage.keep_memory(stage.primary)
    stage.detach_standby()
    stage.outage()
    stage.put_memory_back(stage.primary)


@variant(lossy=True)
def the_memory_of_the_standby_is_yesterdays_copy(stage):
    stage.keep_memory(stage.standby)
    stage.detach_standby()
    stage.outage()
    stage.put_memory_back(stage.standby)


@variant(lossy=True)
def the_memories_of_both_are_yesterdays_copies(stage):
    stage.keep_memory(stage.primary)
    stage.keep_memory(stage.standby)
    stage.outage()
    stage.put_memory_back(stage.primary)
    stage.put_memory_back(stage.standby)


@variant(lossy=True)
def the_standbys_memory_is_a_copy_and_the_primary_is_off(stage):
    stage.keep_memory(stage.standby)
    stage.detach_standby()
    stage.outage()
    stage.put_memory_back(stage.standby)
    stage.leave_off(stage.primary)


@variant(lossy=True)
def the_standby_was_stale(stage):
    stage.detach_standby()
    stage.outage()


@variant(lossy=True)
def the_standby_was_stale_and_the_primary_is_off(stage):
    stage.detach_standby()
    stage.outage()
    stage.leave_off(stage.primary)


@variant(lossy=True)
def the_standby_was_stale_and_the_primarys_disk_is_lost(stage):
    stage.detach_standby()
    stage.outage()
    stage.lose(stage.primary)


@variant(lossy=True)
def a_detach_was_in_flight(stage):
    stage.strike_standby()
    time.sleep(stage.random.uniform(0, 4))
    stage.outage()


@variant(lossy=True)
def a_detach_was_in_flight_and_the_primary_is_off(stage):
    stage.strike_standby()
    time.sleep(stage.random.uniform(0, 4))
    stage.outage()
    stage.leave_off(stage.primary)


@variant(lossy=True)
def a_detach_was_in_flight_and_the_primarys_disk_is_lost(stage):
    stage.strike_standby()
    time.sleep(stage.random.uniform(0, 4))
    stage.outage()
    stage.lose(stage.primary)


@variant(lossy=True)
def an_attach_was_in_flight_and_the_primary_is_off(stage):
    stage.detach_standby()
    stage.bring_standby_back()
    time.sleep(stage.random.uniform(0.5, 4))
    stage.outage()
    stage.leave_off(stage.primary)


@variant(lossy=True)
def an_attach_was_in_flight_and_the_primarys_disk_is_lost(stage):
    stage.detach_standby()
    stage.bring_standby_back()
    time.sleep(stage.random.uniform(0.5, 4))
    stage.outage()
    stage.lose(stage.primary)


@variant(lossy=True)
def a_takeover_was_in_flight(stage):
    stage.primary.host.crash()
    time.sleep(stage.random.uniform(1.5, 4))
    stage.outage()


@variant(lossy=True)
def a_takeover_was_in_flight_and_the_successor_is_off(stage):
    stage.primary.host.crash()
    time.sleep(stage.random.uniform(1.5, 4))
    stage.outage()
    stage.leave_off(stage.standby)


@variant(lossy=True)
def a_takeover_was_in_flight_and_the_former_primary_is_off(stage):
    stage.primary.host.crash()
    time.sleep(stage.random.uniform(1.5, 4))
    stage.outage()
    stage.leave_off(stage.primary)


@variant(lossy=True)
def a_switch_was_in_flight(stage):
    stage.begin_switch()
    time.sleep(stage.random.uniform(0, 1.5))
    stage.outage()


@variant(lossy=True)
def a_switch_was_in_flight_and_the_primary_is_off(stage):
    stage.begin_switch()
    time.sleep(stage.random.uniform(0, 1.5))
    stage.outage()
    stage.leave_off(stage.primary)


@variant(lossy=True)
def a_switch_was_in_flight_and_the_successors_disk_is_lost(stage):
    stage.begin_switch()
    time.sleep(stage.random.uniform(0, 1.5))
    stage.outage()
    stage.lose(stage.standby)


@variant(lossy=True)
def a_promotion_was_killed_half_way(stage):
    stage.kill_in_promotion()
    stage.outage()


@variant(lossy=True)
def a_promotion_was_killed_half_way_and_its_disk_is_lost(stage):
    stage.kill_in_promotion()
    stage.outage()
    stage.lose(stage.standby)


@variant(lossy=True)
def equal_numbers_of_timelines_of_different_histories(stage):
    """The former primary was promoted by hand after the takeover: timeline 2 of its own, and the newest files."""
    stage.primary.host.crash()
    stage.wait_promoted(stage.standby)
    stage.outage()
    stage.promote_by_hand(stage.primary)
    stage.leave_off(stage.standby)


@variant(lossy=True)
def equal_numbers_of_timelines_and_both_return(stage):
    stage.primary.host.crash()
    stage.wait_promoted(stage.standby)
    stage.outage()
    stage.promote_by_hand(stage.primary)


@variant(lossy=True)
def a_directory_of_another_database_lies_at_the_primary(stage):
    stage.outage()
    stage.replace_by_stranger(stage.primary)


@variant(lossy=True)
@with_backups
def the_primary_is_recovered_from_its_backup(stage):
    """With all WAL: the standby has no more, and is a beginning of it."""
    stage.archive_the_rest()
    stage.outage()
    stage.recover_from_backup(stage.primary)


@variant(lossy=True)
@with_backups
def the_primary_is_recovered_after_it_had_been_alone(stage):
    """Nobody else remembers anything: what it had acknowledged beyond the recovery nobody can tell."""
    stage.detach_standby()
    stage.archive_the_rest()
    stage.outage()
    stage.recover_from_backup(stage.primary)
