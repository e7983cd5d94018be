# Automatic is off and the instance of the primary dies: nobody takes over, nothing is restarted.
servers a b
arbiters w
primary a
automatic off
begins switchable
at 1.0 kill instance a
lasts 8
must nobody at 8
never promoted b
expect
    1.000  -      kill                         instance a
    1.000  a      primary.gone                 primary -> failing
    1.003  a      instance                     down
    1.005  a      failing.unattended           failing -> staying-down
