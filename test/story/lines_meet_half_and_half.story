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
    7.525  d      asking.round                 asking
    7.575  d      asking.start_standby         asking -> standby-starting
    7.650  d      instance                     up, standby
    7.651  d      standby_starting.up          standby-starting -> standby
    7.651  d      standby.open                 standby
    9.132  a      asking.start_primary         asking -> starting
    9.223  a      instance                     up, primary, closed
    9.224  a      starting.up                  starting -> proving
    9.224  a      proving.names                proving
    9.333  -      force                        c without all
    9.333  c      force.begin                  standby -> forcing
    9.333  c      forcing.cut                  forcing
    9.333  c      reply                        ... 0: server "c" has WAL up to 0/3015C48; whether anything was acknowledged after that, nobody who is heard can tell
    9.335  c      forcing.propose              forcing
    9.337  c      forcing.accept               forcing
    9.338  c      forcing.named                forcing -> promoting
    9.338  c      promoting.promote            promoting
    9.386  -      heal                         
    9.399  c      instance                     promoted to timeline 2
    9.400  c      promoting.done               promoting -> proving
    9.400  c      proving.names                proving
    9.403  c      proving.mark                 proving
    9.408  c      proving.open                 proving -> opening
    9.410  c      opening.done                 opening -> primary
    9.421  c      reply                        0: server "c" is the primary by force since epoch 5, with WAL up to 0/3015C48
    9.422  d      standby.ask                  standby
    9.424  d      standby.refused              standby -> staying-down
    9.424  a      primary.deposed              proving -> deposing
    9.426  d      instance                     down
    9.426  a      instance                     down
    9.450  b      standby.ask                  standby
    9.452  b      standby.refused              standby -> staying-down
    9.453  b      instance                     down
    9.454  a      deposing.proved              deposing -> asking
    9.454  a      asking.round                 asking
    9.461  a      asking.seek                  asking -> seeking
    9.461  a      seeking.ask                  seeking
    9.462  a      seeking.refused              seeking -> staying-down
   15.000  -      operator                     gives a a new base copy
   15.000  -      operator                     gives b a new base copy
   15.000  -      operator                     gives d a new base copy
   15.000  a      asking.round                 asking
   15.000  b      asking.round                 asking
   15.000  d      asking.round                 asking
   15.001  a      reply                        0: the agent of server "a" has taken the command
   15.001  b      reply                        0: the agent of server "b" has taken the command
   15.001  d      reply                        0: the agent of server "d" has taken the command
   15.039  b      asking.round                 asking
   15.055  b      asking.name_copy             asking
   15.060  b      asking.seek                  asking -> seeking
   15.060  b      seeking.ask                  seeking
   15.060  b      seeking.start                seeking -> standby-starting
   15.105  d      asking.name_copy             asking
   15.110  d      asking.seek                  asking -> seeking
   15.110  d      seeking.ask                  seeking
   15.110  d      seeking.start                seeking -> standby-starting
   15.158  b      instance                     up, standby
   15.158  b      standby_starting.up          standby-starting -> standby
   15.158  b      standby.open                 standby
   15.181  a      asking.round                 asking
   15.183  d      instance                     up, standby
   15.184  d      standby_starting.up          standby-starting -> standby
   15.184  d      standby.open                 standby
   15.187  a      asking.name_copy             asking
   15.192  a      asking.seek                  asking -> seeking
   15.192  a      seeking.ask                  seeking
   15.193  a      seeking.start                seeking -> standby-starting
   15.255  c      attach.tighten               primary
   15.289  a      instance                     up, standby
   15.289  a      standby_starting.up          standby-starting -> standby
   15.289  a      standby.open                 standby
   15.455  c      attach.propose               primary
   15.458  c      attach.accept                primary
   15.462  c      attach.tighten               primary
   15.610  d      standby.ask                  standby
   15.655  c      attach.propose               primary
   15.658  c      attach.accept                primary
   15.662  c      attach.tighten               primary
   15.692  a      standby.ask                  standby
   15.855  c      attach.propose               primary
   15.858  c      attach.accept                primary
   19.000  -      attend                       0
   20.000  -      kill                         agent a for good
   20.000  -      kill                         agent b for good
   21.262  c      lease.out                    primary -> cutting
   21.265  c      instance                     down
   21.292  c      cutting.proved               cutting -> fenced
   21.292  c      cut.majority_back            fenced -> asking
   21.292  c      asking.round                 asking
   22.000  -      stop                         c
   22.000  c      stop.nothing_runs            asking -> gone
   22.000  c      reply                        0: agent of server "c" stopped
   22.000  c      agent                        exits
   25.000  -      start                        c --mc-only
   25.000  c      recalling.done               recalling -> asking
   28.000  -      force                        c for good without a b
   28.000  c      force.begin                  asking -> forcing
   28.000  c      forcing.start                forcing
   28.000  c      reply                        ... 0: server "c" has WAL up to 0/305C580; whether anything was acknowledged after that, nobody who is heard can tell
   28.094  c      instance                     up, standby
   28.096  c      forcing.cut                  forcing
   28.098  c      forcing.propose              forcing
   28.099  c      forcing.accept               forcing
   28.103  c      forcing.named                forcing -> promoting
   28.103  c      promoting.promote            promoting
   28.175  c      instance                     promoted to timeline 3
   28.177  c      promoting.done               promoting -> proving
   28.177  c      proving.mark                 proving
   28.182  c      proving.open                 proving -> opening
   28.184  c      gate                         open
   28.184  c      opening.done                 opening -> primary
   28.184  c      reply                        0: server "c" is the primary by force since epoch 9, with WAL up to 0/305C580
   28.184  d      standby.take_chain           standby
   28.189  d      standby.follow               standby
   28.305  c      attach.tighten               primary
   28.405  c      attach.propose               primary
   28.408  c      attach.accept                primary
   32.000  -      lose                         memory of a
   32.000  -      lose                         memory of b
   33.000  -      start                        a
   33.000  -      start                        b
   33.303  a      recalling.done               recalling -> asking
   33.303  a      outside.runs                 asking -> deposing
   33.304  a      instance                     down
   33.304  b      recalling.done               recalling -> asking
   33.304  b      outside.runs                 asking -> deposing
   33.305  b      instance                     down
   33.333  a      deposing.proved              deposing -> asking
   33.333  a      outside.stays_down           asking -> staying-down
   33.334  b      deposing.proved              deposing -> asking
   33.334  b      outside.stays_down           asking -> staying-down
   36.000  -      members                      at c with a b
   36.000  c      members.change               primary
   36.003  c      round.accept                 primary
   36.007  a      asking.round                 asking
   36.007  c      members.change               primary
   36.011  c      round.accept                 primary
   36.015  b      asking.round                 asking
   36.016  c      reply                        0: the voters are a, b, c, d, epoch 12
   36.021  b      asking.seek                  asking -> seeking
   36.021  b      seeking.ask                  seeking
   36.022  b      seeking.refused              seeking -> staying-down
   36.182  a      asking.seek                  asking -> seeking
   36.182  a      seeking.ask                  seeking
   36.183  a      seeking.refused              seeking -> staying-down
   40.000  -      attend                       3 -f
   43.000  -      operator                     gives a a new base copy
   43.000  -      operator                     gives b a new base copy
   43.000  a      asking.round                 asking
   43.000  b      asking.round                 asking
   43.001  a      reply                        0: the agent of server "a" has taken the command
   43.001  b      reply                        0: the agent of server "b" has taken the command
   43.007  a      asking.round                 asking
   43.014  a      asking.name_copy             asking
   43.019  a      asking.seek                  asking -> seeking
   43.019  a      seeking.ask                  seeking
   43.019  a      seeking.start                seeking -> standby-starting
   43.099  a      instance                     up, standby
   43.099  a      standby_starting.up          standby-starting -> standby
   43.099  a      standby.open                 standby
   43.108  b      asking.round                 asking
   43.115  b      asking.name_copy             asking
   43.120  b      asking.seek                  asking -> seeking
   43.120  b      seeking.ask                  seeking
   43.121  b      seeking.start                seeking -> standby-starting
   43.205  c      attach.tighten               primary
   43.223  b      instance                     up, standby
   43.225  b      standby_starting.up          standby-starting -> standby
   43.225  b      standby.open                 standby
   43.405  c      attach.propose               primary
   43.408  c      attach.accept                primary
   43.412  c      attach.tighten               primary
   43.605  c      attach.propose               primary
   43.609  c      attach.accept                primary
