# Four voters: an operator forces one of them that is cut off, one more hears of it, and in that moment the other two accept a change of the line
# before. Neither half is a majority: nothing is decided on either line, and who was forced serves alone (E5). With the two stopped it is made
# primary without them for good; with their state files removed they are added again.
servers a b c d
primary a
automatic on
begins switchable
eligible 3
rejoin copy
seed 4295001494
think 0.002000 0.008000
at 0.000000 attend 2.5 -f
at 3.970879 freeze host primary
at 4.263725 thaw all
at 4.333672 cut c
at 4.467032 trap standby before persist 1 kill host
at 4.742783 freeze host standby
at 4.809078 switch primary
at 6.990342 thaw all
at 9.333672 force c without all
at 9.386339 heal
at 19 attend 0
at 20 kill agent a for good
at 20 kill agent b for good
at 22 stop c
at 25 start c --mc-only
at 28 force c for good without a b
at 32 lose memory of a
at 32 lose memory of b
at 33 start a
at 33 start b
at 36 members at c with a b
at 40 attend 3 -f
lasts 70
must primary c at 32
must switchable at 69
expect
    0.000  -      attend                       2.5 -f
    3.970  -      freeze                       host primary
    4.263  -      thaw                         all
    4.333  -      cut                          c
    4.467  -      trap                         standby before persist 1 kill host
    4.742  -      freeze                       host standby
    4.809  -      switch                       primary
    4.809  a      reply                        ... 0: switch to server "d": checkpoints on both sides first, nobody is cut off yet
    6.063  a      lease.out                    primary -> cutting
    6.063  a      reply                        3: refused "switch": the primary is not open: mc_ctl recover says what can be done
    6.066  a      instance                     down
    6.093  a      cutting.proved               cutting -> fenced
    6.093  a      cut.majority_back            fenced -> asking
    6.093  a      asking.round                 asking
    6.990  -      thaw                         all
    6.990  -      trap                         springs on d
    6.990  d      instance                     down
    7.500  d      recalling.done               recalling -> asking
    7.535  d      asking.round                 asking
    7.762  d      asking.start_standby         asking -> standby-starting
    7.856  d      instance                     up, standby
    7.858  d      standby_starting.up          standby-starting -> standby
    7.858  d      standby.open                 standby
    9.131  a      asking.start_primary         asking -> starting
    9.197  a      instance                     up, primary, closed
    9.197  a      starting.up                  starting -> proving
    9.197  a      proving.names                proving
    9.333  -      force                        c without all
    9.333  c      force.begin                  standby -> forcing
    9.333  c      forcing.cut                  forcing
    9.333  c      reply                        ... 0: server "c" has WAL up to 0/3015C48; whether anything was acknowledged after that, nobody who is heard can tell
    9.335  c      forcing.propose              forcing
    9.336  c      forcing.accept               forcing
    9.338  c      forcing.named                forcing -> promoting
    9.338  c      promoting.promote            promoting
    9.386  -      heal                         
    9.399  c      instance                     promoted to timeline 2
    9.400  c      promoting.done               promoting -> proving
    9.400  c      proving.names                proving
    9.403  c      proving.mark                 proving
    9.408  c      proving.open                 proving -> opening
    9.410  c      opening.done                 opening -> primary
    9.437  c      reply                        0: server "c" is the primary by force since epoch 5, with WAL up to 0/3015C48
    9.438  d      standby.ask                  standby
    9.440  d      standby.refused              standby -> staying-down
    9.440  a      detach.lost                  proving
    9.443  d      instance                     down
    9.444  a      round.accept                 proving
    9.450  a      split.stops                  proving -> deposing
    9.454  a      instance                     down
    9.463  a      deposing.proved              deposing -> asking
    9.480  a      split.waits                  asking -> idle
   15.000  -      operator                     gives a a new base copy
   15.000  -      operator                     gives d a new base copy
   15.000  d      asking.round                 asking
   15.001  d      reply                        0: the agent of server "d" has taken the command
   15.001  a      reply                        0: the agent of server "a" has taken the command
   15.043  d      asking.round                 asking
   17.501  d      reply                        0: the agent of server "d" has taken the command
   19.000  -      attend                       0
   20.000  -      kill                         agent a for good
   20.000  -      kill                         agent b for good
   20.220  d      asking.round                 asking
   22.000  -      stop                         c
   22.000  c      stop.primary                 primary -> leaving
   22.040  c      instance                     down, clean
   22.040  c      leaving.done                 leaving -> gone
   22.040  c      reply                        0: agent of server "c" stopped
   22.040  c      agent                        exits
   25.000  -      start                        c --mc-only
   25.000  c      recalling.done               recalling -> asking
   25.005  c      asking.known_solo            asking
   25.005  c      asking.not_wanted            asking -> idle
   28.000  -      force                        c for good without a b
   28.000  c      force.begin                  idle -> forcing
   28.000  c      forcing.start                forcing
   28.000  c      reply                        ... 0: server "c" has WAL up to 0/3068E20; whether anything was acknowledged after that, nobody who is heard can tell
   28.064  c      instance                     up, standby
   28.066  c      forcing.cut                  forcing
   28.068  c      forcing.propose              forcing
   28.069  c      forcing.accept               forcing
   28.073  c      forcing.named                forcing -> promoting
   28.073  c      promoting.promote            promoting
   28.079  d      asking.name_copy             asking
   28.084  d      asking.seek                  asking -> seeking
   28.151  c      instance                     promoted to timeline 3
   28.152  c      promoting.done               promoting -> proving
   28.152  c      proving.mark                 proving
   28.157  c      proving.open                 proving -> opening
   28.159  c      gate                         open
   28.159  c      opening.done                 opening -> primary
   28.159  d      seeking.ask                  seeking
   28.160  c      reply                        0: server "c" is the primary by force since epoch 6, with WAL up to 0/3068E20
   28.160  d      standby.take_chain           seeking
   28.165  d      seeking.start                seeking -> standby-starting
   28.236  d      instance                     up, standby
   28.237  d      standby_starting.up          standby-starting -> standby
   28.237  d      standby.open                 standby
   28.405  c      attach.tighten               primary
   28.605  c      attach.propose               primary
   28.608  c      attach.accept                primary
   32.000  -      lose                         memory of a
   32.000  -      lose                         memory of b
   33.000  -      start                        a
   33.000  -      start                        b
   33.302  a      recalling.done               recalling -> asking
   33.302  a      outside.stays_down           asking -> staying-down
   33.304  b      recalling.done               recalling -> asking
   33.304  b      outside.runs                 asking -> deposing
   33.307  b      instance                     down
   33.334  b      deposing.proved              deposing -> asking
   33.334  b      outside.stays_down           asking -> staying-down
   36.000  -      members                      at c with a b
   36.000  c      members.change               primary
   36.003  c      round.accept                 primary
   36.007  c      members.change               primary
   36.007  a      asking.round                 asking
   36.010  c      round.accept                 primary
   36.014  b      asking.round                 asking
   36.015  c      reply                        0: the voters are a, b, c, d, epoch 9
   36.020  b      asking.seek                  asking -> seeking
   36.020  b      seeking.ask                  seeking
   36.021  b      seeking.refused              seeking -> staying-down
   36.178  a      asking.name_copy             asking
   36.183  a      asking.seek                  asking -> seeking
   36.183  a      seeking.ask                  seeking
   36.183  a      standby.take_chain           seeking
   36.188  a      seeking.start                seeking -> standby-starting
   36.295  a      instance                     up, standby
   36.296  a      standby_starting.up          standby-starting -> standby
   36.296  a      standby.open                 standby
   36.405  c      attach.tighten               primary
   36.605  c      attach.propose               primary
   36.608  c      attach.accept                primary
   40.000  -      attend                       3 -f
   43.000  -      operator                     gives b a new base copy
   43.000  b      asking.round                 asking
   43.001  b      reply                        0: the agent of server "b" has taken the command
   43.008  b      asking.name_copy             asking
   43.013  b      asking.seek                  asking -> seeking
   43.013  b      seeking.ask                  seeking
   43.013  b      seeking.start                seeking -> standby-starting
   43.123  b      instance                     up, standby
   43.123  b      standby_starting.up          standby-starting -> standby
   43.123  b      standby.open                 standby
   43.205  c      attach.tighten               primary
   43.405  c      attach.propose               primary
   43.408  c      attach.accept                primary
