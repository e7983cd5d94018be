# The primary's host is gone, and its successor cannot be promoted for a while. When it can, it is killed over it: its new timeline is there, and its agent does not know. None of the tries
# before was an attempt to start it again, so it is started as the primary, unasked.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 0.2 load on
at 1.0 instance b cannot promote
at 2.0 kill host a
at 20.0 instance b can promote
at 23.911 kill instance b
lasts 40
must primary b at 39
never lost
expect
    0.200  -      load                         on
    1.000  -      instance                     b cannot promote
    2.000  -      kill                         host a
    2.000  a      instance                     down
    3.862  b      claim.silent                 standby -> claiming
    3.865  b      claiming.cut                 claiming
    3.871  b      claiming.accept              claiming
    3.875  b      standby.named                claiming -> promoting
    3.875  b      promoting.promote            promoting
    3.890  b      standby.gone                 promoting -> deposing
    3.892  b      instance                     down
    3.920  b      deposing.proved              deposing -> asking
    3.920  b      asking.known_solo            asking
    3.920  b      asking.unpromoted            asking -> standby-starting
    3.999  b      instance                     up, standby
    4.000  b      standby_starting.up          standby-starting -> standby
    4.000  b      standby.named                standby -> promoting
    4.000  b      promoting.cut                promoting
    4.002  b      promoting.promote            promoting
    4.014  b      standby.gone                 promoting -> deposing
    4.015  b      instance                     down
    4.044  b      deposing.proved              deposing -> asking
    4.044  b      asking.known_solo            asking
    4.044  b      asking.unpromoted            asking -> standby-starting
    4.105  b      instance                     up, standby
    4.106  b      standby_starting.up          standby-starting -> standby
    4.106  b      standby.named                standby -> promoting
    4.106  b      promoting.cut                promoting
    4.108  b      promoting.promote            promoting
    4.121  b      standby.gone                 promoting -> deposing
    4.122  b      instance                     down
    4.151  b      deposing.proved              deposing -> asking
    4.151  b      asking.known_solo            asking
    5.151  b      asking.unpromoted            asking -> standby-starting
    5.231  b      instance                     up, standby
    5.233  b      standby_starting.up          standby-starting -> standby
    5.233  b      standby.named                standby -> promoting
    5.233  b      promoting.cut                promoting
    5.235  b      promoting.promote            promoting
    5.247  b      standby.gone                 promoting -> deposing
    5.249  b      instance                     down
    5.255  b      deposing.proved              deposing -> asking
    5.255  b      asking.known_solo            asking
    7.255  b      asking.unpromoted            asking -> standby-starting
    7.345  b      instance                     up, standby
    7.347  b      standby_starting.up          standby-starting -> standby
    7.347  b      standby.named                standby -> promoting
    7.347  b      promoting.cut                promoting
    7.349  b      promoting.promote            promoting
    7.361  b      standby.gone                 promoting -> deposing
    7.364  b      instance                     down
    7.391  b      deposing.proved              deposing -> asking
    7.391  b      asking.known_solo            asking
   11.391  b      asking.unpromoted            asking -> standby-starting
   11.498  b      instance                     up, standby
   11.499  b      standby_starting.up          standby-starting -> standby
   11.499  b      standby.named                standby -> promoting
   11.499  b      promoting.cut                promoting
   11.501  b      promoting.promote            promoting
   11.513  b      standby.gone                 promoting -> deposing
   11.515  b      instance                     down
   11.543  b      deposing.proved              deposing -> asking
   11.543  b      asking.known_solo            asking
   15.543  b      asking.unpromoted            asking -> standby-starting
   15.604  b      instance                     up, standby
   15.605  b      standby_starting.up          standby-starting -> standby
   15.605  b      standby.named                standby -> promoting
   15.605  b      promoting.cut                promoting
   15.607  b      promoting.promote            promoting
   15.619  b      standby.gone                 promoting -> deposing
   15.622  b      instance                     down
   15.649  b      deposing.proved              deposing -> asking
   15.649  b      asking.known_solo            asking
   19.649  b      asking.unpromoted            asking -> standby-starting
   19.709  b      instance                     up, standby
   19.711  b      standby_starting.up          standby-starting -> standby
   19.711  b      standby.named                standby -> promoting
   19.711  b      promoting.cut                promoting
   19.713  b      promoting.promote            promoting
   19.725  b      standby.gone                 promoting -> deposing
   19.726  b      instance                     down
   19.755  b      deposing.proved              deposing -> asking
   19.755  b      asking.known_solo            asking
   20.000  -      instance                     b can promote
   23.755  b      asking.unpromoted            asking -> standby-starting
   23.839  b      instance                     up, standby
   23.841  b      standby_starting.up          standby-starting -> standby
   23.841  b      standby.named                standby -> promoting
   23.841  b      promoting.cut                promoting
   23.843  b      promoting.promote            promoting
   23.910  b      instance                     promoted to timeline 2
   23.911  b      promoting.done               promoting -> proving
   23.911  b      proving.mark                 proving
   23.911  -      kill                         instance b
   23.911  b      primary.gone                 proving -> failing
   23.911  b      instance                     down
   23.941  b      failing.restart              failing -> asking
   23.941  b      asking.known_solo            asking
   23.941  b      asking.start_primary         asking -> starting
   24.029  b      instance                     up, primary, closed
   24.029  b      starting.up                  starting -> proving
   24.029  b      proving.mark                 proving
   24.034  b      proving.open                 proving -> opening
   24.036  b      gate                         open
   24.036  b      opening.done                 opening -> primary
