# One of two eligible standbys is stopped by its operator, and one has to acknowledge: the primary waits for the other
# alone before it lets the first one go. Then both others are stopped at once by the loss of their hosts, and the
# primary goes on alone at once.
servers a b c
arbiters w x
primary a
automatic on
eligible 2
quorum 1
begins switchable
at 2.0 stop c
at 8.0 start c
at 20.0 kill host b
at 20.0 kill host c
lasts 30
must detach.tighten on a by 3
must stop.detached on c
must switchable at 19
must solo at 30
must outage below 4
never lost
never two acknowledging
expect
    2.000  -      stop                         c
    2.000  c      stop.standby                 standby -> standby-leaving
    2.000  a      detach.tighten               primary
    2.055  a      attach.propose               primary
    2.058  a      attach.accept                primary
    2.061  c      stop.detached                standby-leaving -> stopping
    2.103  c      instance                     down, clean
    2.103  c      stop.nothing_runs            stopping -> gone
    2.103  c      reply                        0: agent of server "c" stopped
    2.103  c      agent                        exits
    8.000  -      start                        c
    8.000  c      recalling.done               recalling -> asking
    8.014  c      asking.round                 asking
    8.022  c      asking.seek                  asking -> seeking
    8.030  c      seeking.ask                  seeking
    8.030  c      seeking.start                seeking -> standby-starting
    8.105  c      instance                     up, standby
    8.106  c      standby_starting.up          standby-starting -> standby
    8.106  c      standby.open                 standby
    8.255  a      attach.tighten               primary
    8.455  a      attach.propose               primary
    8.474  a      attach.accept                primary
    8.477  a      names.follow_record          primary
   20.000  -      kill                         host b
   20.000  b      instance                     down
   20.000  -      kill                         host c
   20.000  c      instance                     down
   21.878  a      detach.tighten               primary
   21.899  a      detach.lost                  primary
   21.903  a      round.accept                 primary
   21.907  a      names.follow_record          primary
