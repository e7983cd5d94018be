# The state file of a solo primary cannot be written while its instance dies: no vote and no opening rests on what
# is not written (E2); as soon as it can be written, it opens again without anybody's help.
servers a b
arbiters w
primary a
automatic on
begins solo
at 1.0 disk of a full
at 1.2 disable a
at 1.6 enable a
at 2.0 kill instance a
at 6.0 disk of a works
lasts 12
must failing.restart on a by 3
must nobody at 5
must primary a at 8
never lost
expect
    1.000  -      disk                         of a full
    1.200  -      disable                      a
    1.200  a      setting.change               primary
    1.600  -      enable                       a
    1.601  a      reply                        1: another command about automatic switch and disconnection came before this one was done
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.001  a      instance                     down
    2.030  a      failing.restart              failing -> asking
    2.030  a      asking.known_solo            asking
    2.030  a      asking.start_primary         asking -> starting
    2.098  a      instance                     up, primary, closed
    2.099  a      starting.up                  starting -> proving
    2.099  a      proving.open                 proving -> opening
    2.201  a      reply                        0: automatic switch and disconnection is enabled
    2.401  a      opening.again                opening
    6.000  -      disk                         of a works
    6.003  a      gate                         open
    6.003  a      opening.done                 opening -> primary
