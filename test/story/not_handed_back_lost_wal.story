# The primary's host has lost WAL that its standby has, so it hands over; and the standby cannot be promoted. To whom
# lacks acknowledged commits nothing is handed back (P1, P3): nobody serves until the successor can be promoted.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b cannot promote
at 2.0 kill host a
at 2.1 lose wal of a 3
at 2.2 boot a
at 2.2 start a
at 12.0 instance b can promote
lasts 40
must asking.unpromoted on b
must nobody at 11
must primary b at 20
never asking.hand_back on b
never seeking.return on a
never lost
never two acknowledging
expect
    1.000  -      instance                     b cannot promote
    2.000  -      kill                         host a
    2.000  a      instance                     down
    2.100  -      lose                         wal of a 3
    2.200  -      boot                         a
    2.200  -      start                        a
    2.200  a      recalling.done               recalling -> asking
    2.224  a      asking.round                 asking
    2.239  a      asking.ahead_handover        asking -> consenting
    2.239  b      claim.consent                standby -> claiming
    2.239  b      claiming.cut_early           claiming
    2.247  b      claiming.accept              claiming
    2.251  b      standby.named                claiming -> promoting
    2.251  b      promoting.promote            promoting
    2.251  a      consenting.succeeded         consenting -> asking
    2.251  a      asking.round                 asking
    2.258  a      asking.seek                  asking -> seeking
    2.265  b      standby.gone                 promoting -> deposing
    2.267  b      instance                     down
    2.295  b      deposing.proved              deposing -> asking
    2.295  b      asking.known_solo            asking
    2.295  b      asking.unpromoted            asking -> standby-starting
    2.366  b      instance                     up, standby
    2.367  b      standby_starting.up          standby-starting -> standby
    2.367  b      standby.named                standby -> promoting
    2.367  b      promoting.cut                promoting
    2.369  b      promoting.promote            promoting
    2.382  b      standby.gone                 promoting -> deposing
    2.384  b      instance                     down
    2.412  b      deposing.proved              deposing -> asking
    2.412  b      asking.known_solo            asking
    2.412  b      asking.unpromoted            asking -> standby-starting
    2.494  b      instance                     up, standby
    2.496  b      standby_starting.up          standby-starting -> standby
    2.496  b      standby.named                standby -> promoting
    2.496  b      promoting.cut                promoting
    2.498  b      promoting.promote            promoting
    2.511  b      standby.gone                 promoting -> deposing
    2.512  b      instance                     down
    2.541  b      deposing.proved              deposing -> asking
    2.541  b      asking.known_solo            asking
    2.541  b      asking.unpromoted            asking -> standby-starting
    2.608  b      instance                     up, standby
    2.609  b      standby_starting.up          standby-starting -> standby
    2.609  b      standby.named                standby -> promoting
    2.609  b      promoting.cut                promoting
    2.611  b      promoting.promote            promoting
    2.624  b      standby.gone                 promoting -> deposing
    2.627  b      instance                     down
    2.654  b      deposing.proved              deposing -> asking
    2.654  b      asking.known_solo            asking
    2.654  b      asking.unpromoted            asking -> standby-starting
    2.759  b      instance                     up, standby
    2.760  b      standby_starting.up          standby-starting -> standby
    2.760  b      standby.named                standby -> promoting
    2.760  b      promoting.cut                promoting
    2.762  b      promoting.promote            promoting
    2.774  b      standby.gone                 promoting -> deposing
    2.778  b      instance                     down
    2.804  b      deposing.proved              deposing -> asking
    2.804  b      asking.known_solo            asking
    2.804  b      asking.unpromoted            asking -> standby-starting
    2.905  b      instance                     up, standby
    2.906  b      standby_starting.up          standby-starting -> standby
    2.906  b      standby.named                standby -> promoting
    2.906  b      promoting.cut                promoting
    2.908  b      promoting.promote            promoting
    2.921  b      standby.gone                 promoting -> deposing
    2.925  b      instance                     down
    2.951  b      deposing.proved              deposing -> asking
    2.951  b      asking.known_solo            asking
    2.951  b      asking.unpromoted            asking -> standby-starting
    3.047  b      instance                     up, standby
    3.047  b      standby_starting.up          standby-starting -> standby
    3.047  b      standby.named                standby -> promoting
    3.047  b      promoting.cut                promoting
    3.049  b      promoting.promote            promoting
    3.062  b      standby.gone                 promoting -> deposing
    3.064  b      instance                     down
    3.092  b      deposing.proved              deposing -> asking
    3.092  b      asking.known_solo            asking
    3.092  b      asking.unpromoted            asking -> standby-starting
    3.160  b      instance                     up, standby
    3.162  b      standby_starting.up          standby-starting -> standby
    3.162  b      standby.named                standby -> promoting
    3.162  b      promoting.cut                promoting
    3.164  b      promoting.promote            promoting
    3.177  b      standby.gone                 promoting -> deposing
    3.177  b      instance                     down
    3.207  b      deposing.proved              deposing -> asking
    3.207  b      asking.known_solo            asking
    3.207  b      asking.unpromoted            asking -> standby-starting
    3.271  b      instance                     up, standby
    3.273  b      standby_starting.up          standby-starting -> standby
    3.273  b      standby.named                standby -> promoting
    3.273  b      promoting.cut                promoting
    3.275  b      promoting.promote            promoting
    3.288  b      standby.gone                 promoting -> deposing
    3.291  b      instance                     down
    3.318  b      deposing.proved              deposing -> asking
    3.318  b      asking.known_solo            asking
    3.318  b      asking.unpromoted            asking -> standby-starting
    3.423  b      instance                     up, standby
    3.424  b      standby_starting.up          standby-starting -> standby
    3.424  b      standby.named                standby -> promoting
    3.424  b      promoting.cut                promoting
    3.426  b      promoting.promote            promoting
    3.438  b      standby.gone                 promoting -> deposing
    3.442  b      instance                     down
    3.455  b      deposing.proved              deposing -> asking
    3.455  b      asking.known_solo            asking
    3.468  b      asking.unpromoted            asking -> standby-starting
    3.554  b      instance                     up, standby
    3.554  b      standby_starting.up          standby-starting -> standby
    3.554  b      standby.named                standby -> promoting
    3.554  b      promoting.cut                promoting
    3.556  b      promoting.promote            promoting
    3.569  b      standby.gone                 promoting -> deposing
    3.572  b      instance                     down
    3.599  b      deposing.proved              deposing -> asking
    3.599  b      asking.known_solo            asking
    3.599  b      asking.unpromoted            asking -> standby-starting
    3.687  b      instance                     up, standby
    3.689  b      standby_starting.up          standby-starting -> standby
    3.689  b      standby.named                standby -> promoting
    3.689  b      promoting.cut                promoting
    3.691  b      promoting.promote            promoting
    3.704  b      standby.gone                 promoting -> deposing
    3.706  b      instance                     down
    3.734  b      deposing.proved              deposing -> asking
    3.734  b      asking.known_solo            asking
    3.734  b      asking.unpromoted            asking -> standby-starting
    3.817  b      instance                     up, standby
    3.818  b      standby_starting.up          standby-starting -> standby
    3.818  b      standby.named                standby -> promoting
    3.818  b      promoting.cut                promoting
    3.820  b      promoting.promote            promoting
    3.833  b      standby.gone                 promoting -> deposing
    3.834  b      instance                     down
    3.855  b      deposing.proved              deposing -> asking
    3.855  b      asking.known_solo            asking
    3.863  b      asking.unpromoted            asking -> standby-starting
    3.944  b      instance                     up, standby
    3.945  b      standby_starting.up          standby-starting -> standby
    3.945  b      standby.named                standby -> promoting
    3.945  b      promoting.cut                promoting
    3.947  b      promoting.promote            promoting
    3.960  b      standby.gone                 promoting -> deposing
    3.963  b      instance                     down
    3.990  b      deposing.proved              deposing -> asking
    3.990  b      asking.known_solo            asking
    3.990  b      asking.unpromoted            asking -> standby-starting
    4.094  b      instance                     up, standby
    4.096  b      standby_starting.up          standby-starting -> standby
    4.096  b      standby.named                standby -> promoting
    4.096  b      promoting.cut                promoting
    4.098  b      promoting.promote            promoting
    4.110  b      standby.gone                 promoting -> deposing
    4.113  b      instance                     down
    4.140  b      deposing.proved              deposing -> asking
    4.140  b      asking.known_solo            asking
    4.140  b      asking.unpromoted            asking -> standby-starting
    4.212  b      instance                     up, standby
    4.212  b      standby_starting.up          standby-starting -> standby
    4.212  b      standby.named                standby -> promoting
    4.212  b      promoting.cut                promoting
    4.214  b      promoting.promote            promoting
    4.227  b      standby.gone                 promoting -> deposing
    4.230  b      instance                     down
    4.255  b      deposing.proved              deposing -> asking
    4.255  b      asking.known_solo            asking
    4.257  b      asking.unpromoted            asking -> standby-starting
    4.337  b      instance                     up, standby
    4.337  b      standby_starting.up          standby-starting -> standby
    4.337  b      standby.named                standby -> promoting
    4.337  b      promoting.cut                promoting
    4.339  b      promoting.promote            promoting
    4.352  b      standby.gone                 promoting -> deposing
    4.354  b      instance                     down
    4.382  b      deposing.proved              deposing -> asking
    4.382  b      asking.known_solo            asking
    4.382  b      asking.unpromoted            asking -> standby-starting
    4.486  b      instance                     up, standby
    4.486  b      standby_starting.up          standby-starting -> standby
    4.486  b      standby.named                standby -> promoting
    4.486  b      promoting.cut                promoting
    4.488  b      promoting.promote            promoting
    4.501  b      standby.gone                 promoting -> deposing
    4.503  b      instance                     down
    4.531  b      deposing.proved              deposing -> asking
    4.531  b      asking.known_solo            asking
    4.531  b      asking.unpromoted            asking -> standby-starting
    4.608  b      instance                     up, standby
    4.609  b      standby_starting.up          standby-starting -> standby
    4.609  b      standby.named                standby -> promoting
    4.609  b      promoting.cut                promoting
    4.611  b      promoting.promote            promoting
    4.624  b      standby.gone                 promoting -> deposing
    4.626  b      instance                     down
    4.654  b      deposing.proved              deposing -> asking
    4.654  b      asking.known_solo            asking
    4.654  b      asking.unpromoted            asking -> standby-starting
    4.742  b      instance                     up, standby
    4.744  b      standby_starting.up          standby-starting -> standby
    4.744  b      standby.named                standby -> promoting
    4.744  b      promoting.cut                promoting
    4.746  b      promoting.promote            promoting
    4.758  b      standby.gone                 promoting -> deposing
    4.761  b      instance                     down
    4.788  b      deposing.proved              deposing -> asking
    4.788  b      asking.known_solo            asking
    4.788  b      asking.unpromoted            asking -> standby-starting
    4.877  b      instance                     up, standby
    4.878  b      standby_starting.up          standby-starting -> standby
    4.878  b      standby.named                standby -> promoting
    4.878  b      promoting.cut                promoting
    4.880  b      promoting.promote            promoting
    4.893  b      standby.gone                 promoting -> deposing
    4.897  b      instance                     down
    4.923  b      deposing.proved              deposing -> asking
    4.923  b      asking.known_solo            asking
    4.923  b      asking.unpromoted            asking -> standby-starting
    4.988  b      instance                     up, standby
    4.989  b      standby_starting.up          standby-starting -> standby
    4.989  b      standby.named                standby -> promoting
    4.989  b      promoting.cut                promoting
    4.991  b      promoting.promote            promoting
    5.004  b      standby.gone                 promoting -> deposing
    5.007  b      instance                     down
    5.034  b      deposing.proved              deposing -> asking
    5.034  b      asking.known_solo            asking
    5.034  b      asking.unpromoted            asking -> standby-starting
    5.136  b      instance                     up, standby
    5.138  b      standby_starting.up          standby-starting -> standby
    5.138  b      standby.named                standby -> promoting
    5.138  b      promoting.cut                promoting
    5.140  b      promoting.promote            promoting
    5.153  b      standby.gone                 promoting -> deposing
    5.156  b      instance                     down
    5.183  b      deposing.proved              deposing -> asking
    5.183  b      asking.known_solo            asking
    5.183  b      asking.unpromoted            asking -> standby-starting
    5.269  b      instance                     up, standby
    5.271  b      standby_starting.up          standby-starting -> standby
    5.271  b      standby.named                standby -> promoting
    5.271  b      promoting.cut                promoting
    5.273  b      promoting.promote            promoting
    5.286  b      standby.gone                 promoting -> deposing
    5.287  b      instance                     down
    5.316  b      deposing.proved              deposing -> asking
    5.316  b      asking.known_solo            asking
    5.316  b      asking.unpromoted            asking -> standby-starting
    5.381  b      instance                     up, standby
    5.382  b      standby_starting.up          standby-starting -> standby
    5.382  b      standby.named                standby -> promoting
    5.382  b      promoting.cut                promoting
    5.384  b      promoting.promote            promoting
    5.396  b      standby.gone                 promoting -> deposing
    5.400  b      instance                     down
    5.426  b      deposing.proved              deposing -> asking
    5.426  b      asking.known_solo            asking
    5.426  b      asking.unpromoted            asking -> standby-starting
    5.531  b      instance                     up, standby
    5.532  b      standby_starting.up          standby-starting -> standby
    5.532  b      standby.named                standby -> promoting
    5.532  b      promoting.cut                promoting
    5.534  b      promoting.promote            promoting
    5.547  b      standby.gone                 promoting -> deposing
    5.551  b      instance                     down
    5.577  b      deposing.proved              deposing -> asking
    5.577  b      asking.known_solo            asking
    5.577  b      asking.unpromoted            asking -> standby-starting
    5.647  b      instance                     up, standby
    5.647  b      standby_starting.up          standby-starting -> standby
    5.647  b      standby.named                standby -> promoting
    5.647  b      promoting.cut                promoting
    5.649  b      promoting.promote            promoting
    5.662  b      standby.gone                 promoting -> deposing
    5.665  b      instance                     down
    5.692  b      deposing.proved              deposing -> asking
    5.692  b      asking.known_solo            asking
    5.692  b      asking.unpromoted            asking -> standby-starting
    5.769  b      instance                     up, standby
    5.770  b      standby_starting.up          standby-starting -> standby
    5.770  b      standby.named                standby -> promoting
    5.770  b      promoting.cut                promoting
    5.772  b      promoting.promote            promoting
    5.785  b      standby.gone                 promoting -> deposing
    5.787  b      instance                     down
    5.815  b      deposing.proved              deposing -> asking
    5.815  b      asking.known_solo            asking
    5.815  b      asking.unpromoted            asking -> standby-starting
    5.921  b      instance                     up, standby
    5.923  b      standby_starting.up          standby-starting -> standby
    5.923  b      standby.named                standby -> promoting
    5.923  b      promoting.cut                promoting
    5.925  b      promoting.promote            promoting
    5.938  b      standby.gone                 promoting -> deposing
    5.941  b      instance                     down
    5.968  b      deposing.proved              deposing -> asking
    5.968  b      asking.known_solo            asking
    5.968  b      asking.unpromoted            asking -> standby-starting
    6.045  b      instance                     up, standby
    6.046  b      standby_starting.up          standby-starting -> standby
    6.046  b      standby.named                standby -> promoting
    6.046  b      promoting.cut                promoting
    6.048  b      promoting.promote            promoting
    6.060  b      standby.gone                 promoting -> deposing
    6.061  b      instance                     down
    6.090  b      deposing.proved              deposing -> asking
    6.090  b      asking.known_solo            asking
    6.090  b      asking.unpromoted            asking -> standby-starting
    6.163  b      instance                     up, standby
    6.164  b      standby_starting.up          standby-starting -> standby
    6.164  b      standby.named                standby -> promoting
    6.164  b      promoting.cut                promoting
    6.166  b      promoting.promote            promoting
    6.179  b      standby.gone                 promoting -> deposing
    6.183  b      instance                     down
    6.209  b      deposing.proved              deposing -> asking
    6.209  b      asking.known_solo            asking
    6.209  b      asking.unpromoted            asking -> standby-starting
    6.315  b      instance                     up, standby
    6.315  b      standby_starting.up          standby-starting -> standby
    6.315  b      standby.named                standby -> promoting
    6.315  b      promoting.cut                promoting
    6.317  b      promoting.promote            promoting
    6.330  b      standby.gone                 promoting -> deposing
    6.333  b      instance                     down
    6.360  b      deposing.proved              deposing -> asking
    6.360  b      asking.known_solo            asking
    6.360  b      asking.unpromoted            asking -> standby-starting
    6.466  b      instance                     up, standby
    6.466  b      standby_starting.up          standby-starting -> standby
    6.466  b      standby.named                standby -> promoting
    6.466  b      promoting.cut                promoting
    6.468  b      promoting.promote            promoting
    6.481  b      standby.gone                 promoting -> deposing
    6.482  b      instance                     down
    6.511  b      deposing.proved              deposing -> asking
    6.511  b      asking.known_solo            asking
    6.511  b      asking.unpromoted            asking -> standby-starting
    6.585  b      instance                     up, standby
    6.587  b      standby_starting.up          standby-starting -> standby
    6.587  b      standby.named                standby -> promoting
    6.587  b      promoting.cut                promoting
    6.589  b      promoting.promote            promoting
    6.602  b      standby.gone                 promoting -> deposing
    6.605  b      instance                     down
    6.632  b      deposing.proved              deposing -> asking
    6.632  b      asking.known_solo            asking
    6.632  b      asking.unpromoted            asking -> standby-starting
    6.699  b      instance                     up, standby
    6.700  b      standby_starting.up          standby-starting -> standby
    6.700  b      standby.named                standby -> promoting
    6.700  b      promoting.cut                promoting
    6.702  b      promoting.promote            promoting
    6.714  b      standby.gone                 promoting -> deposing
    6.715  b      instance                     down
    6.744  b      deposing.proved              deposing -> asking
    6.744  b      asking.known_solo            asking
    6.744  b      asking.unpromoted            asking -> standby-starting
    6.832  b      instance                     up, standby
    6.832  b      standby_starting.up          standby-starting -> standby
    6.832  b      standby.named                standby -> promoting
    6.832  b      promoting.cut                promoting
    6.834  b      promoting.promote            promoting
    6.847  b      standby.gone                 promoting -> deposing
    6.849  b      instance                     down
    6.855  b      deposing.proved              deposing -> asking
    6.855  b      asking.known_solo            asking
    6.877  b      asking.unpromoted            asking -> standby-starting
    6.978  b      instance                     up, standby
    6.979  b      standby_starting.up          standby-starting -> standby
    6.979  b      standby.named                standby -> promoting
    6.979  b      promoting.cut                promoting
    6.981  b      promoting.promote            promoting
    6.994  b      standby.gone                 promoting -> deposing
    6.996  b      instance                     down
    7.024  b      deposing.proved              deposing -> asking
    7.024  b      asking.known_solo            asking
    7.024  b      asking.unpromoted            asking -> standby-starting
    7.104  b      instance                     up, standby
    7.104  b      standby_starting.up          standby-starting -> standby
    7.104  b      standby.named                standby -> promoting
    7.104  b      promoting.cut                promoting
    7.106  b      promoting.promote            promoting
    7.119  b      standby.gone                 promoting -> deposing
    7.123  b      instance                     down
    7.149  b      deposing.proved              deposing -> asking
    7.149  b      asking.known_solo            asking
    7.149  b      asking.unpromoted            asking -> standby-starting
    7.231  b      instance                     up, standby
    7.231  b      standby_starting.up          standby-starting -> standby
    7.231  b      standby.named                standby -> promoting
    7.231  b      promoting.cut                promoting
    7.233  b      promoting.promote            promoting
    7.246  b      standby.gone                 promoting -> deposing
    7.250  b      instance                     down
    7.255  b      deposing.proved              deposing -> asking
    7.255  b      asking.known_solo            asking
    7.276  b      asking.unpromoted            asking -> standby-starting
    7.362  b      instance                     up, standby
    7.364  b      standby_starting.up          standby-starting -> standby
    7.364  b      standby.named                standby -> promoting
    7.364  b      promoting.cut                promoting
    7.366  b      promoting.promote            promoting
    7.378  b      standby.gone                 promoting -> deposing
    7.381  b      instance                     down
    7.408  b      deposing.proved              deposing -> asking
    7.408  b      asking.known_solo            asking
    7.408  b      asking.unpromoted            asking -> standby-starting
    7.500  b      instance                     up, standby
    7.500  b      standby_starting.up          standby-starting -> standby
    7.500  b      standby.named                standby -> promoting
    7.500  b      promoting.cut                promoting
    7.502  b      promoting.promote            promoting
    7.515  b      standby.gone                 promoting -> deposing
    7.517  b      instance                     down
    7.545  b      deposing.proved              deposing -> asking
    7.545  b      asking.known_solo            asking
    7.545  b      asking.unpromoted            asking -> standby-starting
    7.610  b      instance                     up, standby
    7.611  b      standby_starting.up          standby-starting -> standby
    7.611  b      standby.named                standby -> promoting
    7.611  b      promoting.cut                promoting
    7.613  b      promoting.promote            promoting
    7.626  b      standby.gone                 promoting -> deposing
    7.629  b      instance                     down
    7.655  b      deposing.proved              deposing -> asking
    7.655  b      asking.known_solo            asking
    7.656  b      asking.unpromoted            asking -> standby-starting
    7.761  b      instance                     up, standby
    7.762  b      standby_starting.up          standby-starting -> standby
    7.762  b      standby.named                standby -> promoting
    7.762  b      promoting.cut                promoting
    7.764  b      promoting.promote            promoting
    7.777  b      standby.gone                 promoting -> deposing
    7.780  b      instance                     down
    7.807  b      deposing.proved              deposing -> asking
    7.807  b      asking.known_solo            asking
    7.807  b      asking.unpromoted            asking -> standby-starting
    7.887  b      instance                     up, standby
    7.887  b      standby_starting.up          standby-starting -> standby
    7.887  b      standby.named                standby -> promoting
    7.887  b      promoting.cut                promoting
    7.889  b      promoting.promote            promoting
    7.902  b      standby.gone                 promoting -> deposing
    7.904  b      instance                     down
    7.932  b      deposing.proved              deposing -> asking
    7.932  b      asking.known_solo            asking
    7.932  b      asking.unpromoted            asking -> standby-starting
    8.000  b      instance                     up, standby
    8.002  b      standby_starting.up          standby-starting -> standby
    8.002  b      standby.named                standby -> promoting
    8.002  b      promoting.cut                promoting
    8.004  b      promoting.promote            promoting
    8.016  b      standby.gone                 promoting -> deposing
    8.018  b      instance                     down
    8.046  b      deposing.proved              deposing -> asking
    8.046  b      asking.known_solo            asking
    8.046  b      asking.unpromoted            asking -> standby-starting
    8.140  b      instance                     up, standby
    8.140  b      standby_starting.up          standby-starting -> standby
    8.140  b      standby.named                standby -> promoting
    8.140  b      promoting.cut                promoting
    8.142  b      promoting.promote            promoting
    8.155  b      standby.gone                 promoting -> deposing
    8.157  b      instance                     down
    8.185  b      deposing.proved              deposing -> asking
    8.185  b      asking.known_solo            asking
    8.185  b      asking.unpromoted            asking -> standby-starting
    8.281  b      instance                     up, standby
    8.281  b      standby_starting.up          standby-starting -> standby
    8.281  b      standby.named                standby -> promoting
    8.281  b      promoting.cut                promoting
    8.283  b      promoting.promote            promoting
    8.296  b      standby.gone                 promoting -> deposing
    8.298  b      instance                     down
    8.326  b      deposing.proved              deposing -> asking
    8.326  b      asking.known_solo            asking
    8.326  b      asking.unpromoted            asking -> standby-starting
    8.433  b      instance                     up, standby
    8.434  b      standby_starting.up          standby-starting -> standby
    8.434  b      standby.named                standby -> promoting
    8.434  b      promoting.cut                promoting
    8.436  b      promoting.promote            promoting
    8.449  b      standby.gone                 promoting -> deposing
    8.450  b      instance                     down
    8.455  b      deposing.proved              deposing -> asking
    8.455  b      asking.known_solo            asking
    8.479  b      asking.unpromoted            asking -> standby-starting
    8.577  b      instance                     up, standby
    8.577  b      standby_starting.up          standby-starting -> standby
    8.577  b      standby.named                standby -> promoting
    8.577  b      promoting.cut                promoting
    8.579  b      promoting.promote            promoting
    8.592  b      standby.gone                 promoting -> deposing
    8.592  b      instance                     down
    8.622  b      deposing.proved              deposing -> asking
    8.622  b      asking.known_solo            asking
    8.622  b      asking.unpromoted            asking -> standby-starting
    8.731  b      instance                     up, standby
    8.732  b      standby_starting.up          standby-starting -> standby
    8.732  b      standby.named                standby -> promoting
    8.732  b      promoting.cut                promoting
    8.734  b      promoting.promote            promoting
    8.746  b      standby.gone                 promoting -> deposing
    8.749  b      instance                     down
    8.776  b      deposing.proved              deposing -> asking
    8.776  b      asking.known_solo            asking
    8.776  b      asking.unpromoted            asking -> standby-starting
    8.868  b      instance                     up, standby
    8.868  b      standby_starting.up          standby-starting -> standby
    8.868  b      standby.named                standby -> promoting
    8.868  b      promoting.cut                promoting
    8.870  b      promoting.promote            promoting
    8.883  b      standby.gone                 promoting -> deposing
    8.887  b      instance                     down
    8.913  b      deposing.proved              deposing -> asking
    8.913  b      asking.known_solo            asking
    8.913  b      asking.unpromoted            asking -> standby-starting
    8.981  b      instance                     up, standby
    8.981  b      standby_starting.up          standby-starting -> standby
    8.981  b      standby.named                standby -> promoting
    8.981  b      promoting.cut                promoting
    8.983  b      promoting.promote            promoting
    8.996  b      standby.gone                 promoting -> deposing
    8.999  b      instance                     down
    9.026  b      deposing.proved              deposing -> asking
    9.026  b      asking.known_solo            asking
    9.026  b      asking.unpromoted            asking -> standby-starting
    9.093  b      instance                     up, standby
    9.094  b      standby_starting.up          standby-starting -> standby
    9.094  b      standby.named                standby -> promoting
    9.094  b      promoting.cut                promoting
    9.096  b      promoting.promote            promoting
    9.109  b      standby.gone                 promoting -> deposing
    9.112  b      instance                     down
    9.139  b      deposing.proved              deposing -> asking
    9.139  b      asking.known_solo            asking
    9.139  b      asking.unpromoted            asking -> standby-starting
    9.217  b      instance                     up, standby
    9.217  b      standby_starting.up          standby-starting -> standby
    9.217  b      standby.named                standby -> promoting
    9.217  b      promoting.cut                promoting
    9.219  b      promoting.promote            promoting
    9.232  b      standby.gone                 promoting -> deposing
    9.233  b      instance                     down
    9.255  b      deposing.proved              deposing -> asking
    9.255  b      asking.known_solo            asking
    9.262  b      asking.unpromoted            asking -> standby-starting
    9.370  b      instance                     up, standby
    9.372  b      standby_starting.up          standby-starting -> standby
    9.372  b      standby.named                standby -> promoting
    9.372  b      promoting.cut                promoting
    9.374  b      promoting.promote            promoting
    9.386  b      standby.gone                 promoting -> deposing
    9.388  b      instance                     down
    9.416  b      deposing.proved              deposing -> asking
    9.416  b      asking.known_solo            asking
    9.416  b      asking.unpromoted            asking -> standby-starting
    9.520  b      instance                     up, standby
    9.520  b      standby_starting.up          standby-starting -> standby
    9.520  b      standby.named                standby -> promoting
    9.520  b      promoting.cut                promoting
    9.522  b      promoting.promote            promoting
    9.535  b      standby.gone                 promoting -> deposing
    9.536  b      instance                     down
    9.565  b      deposing.proved              deposing -> asking
    9.565  b      asking.known_solo            asking
    9.565  b      asking.unpromoted            asking -> standby-starting
    9.629  b      instance                     up, standby
    9.629  b      standby_starting.up          standby-starting -> standby
    9.629  b      standby.named                standby -> promoting
    9.629  b      promoting.cut                promoting
    9.631  b      promoting.promote            promoting
    9.644  b      standby.gone                 promoting -> deposing
    9.648  b      instance                     down
    9.655  b      deposing.proved              deposing -> asking
    9.655  b      asking.known_solo            asking
    9.674  b      asking.unpromoted            asking -> standby-starting
    9.760  b      instance                     up, standby
    9.762  b      standby_starting.up          standby-starting -> standby
    9.762  b      standby.named                standby -> promoting
    9.762  b      promoting.cut                promoting
    9.764  b      promoting.promote            promoting
    9.777  b      standby.gone                 promoting -> deposing
    9.778  b      instance                     down
    9.807  b      deposing.proved              deposing -> asking
    9.807  b      asking.known_solo            asking
    9.807  b      asking.unpromoted            asking -> standby-starting
    9.891  b      instance                     up, standby
    9.891  b      standby_starting.up          standby-starting -> standby
    9.891  b      standby.named                standby -> promoting
    9.891  b      promoting.cut                promoting
    9.893  b      promoting.promote            promoting
    9.906  b      standby.gone                 promoting -> deposing
    9.909  b      instance                     down
    9.936  b      deposing.proved              deposing -> asking
    9.936  b      asking.known_solo            asking
    9.936  b      asking.unpromoted            asking -> standby-starting
   10.040  b      instance                     up, standby
   10.042  b      standby_starting.up          standby-starting -> standby
   10.042  b      standby.named                standby -> promoting
   10.042  b      promoting.cut                promoting
   10.044  b      promoting.promote            promoting
   10.056  b      standby.gone                 promoting -> deposing
   10.058  b      instance                     down
   10.086  b      deposing.proved              deposing -> asking
   10.086  b      asking.known_solo            asking
   10.086  b      asking.unpromoted            asking -> standby-starting
   10.161  b      instance                     up, standby
   10.162  b      standby_starting.up          standby-starting -> standby
   10.162  b      standby.named                standby -> promoting
   10.162  b      promoting.cut                promoting
   10.164  b      promoting.promote            promoting
   10.177  b      standby.gone                 promoting -> deposing
   10.180  b      instance                     down
   10.207  b      deposing.proved              deposing -> asking
   10.207  b      asking.known_solo            asking
   10.207  b      asking.unpromoted            asking -> standby-starting
   10.274  b      instance                     up, standby
   10.275  b      standby_starting.up          standby-starting -> standby
   10.275  b      standby.named                standby -> promoting
   10.275  b      promoting.cut                promoting
   10.277  b      promoting.promote            promoting
   10.290  b      standby.gone                 promoting -> deposing
   10.294  b      instance                     down
   10.320  b      deposing.proved              deposing -> asking
   10.320  b      asking.known_solo            asking
   10.320  b      asking.unpromoted            asking -> standby-starting
   10.428  b      instance                     up, standby
   10.428  b      standby_starting.up          standby-starting -> standby
   10.428  b      standby.named                standby -> promoting
   10.428  b      promoting.cut                promoting
   10.430  b      promoting.promote            promoting
   10.443  b      standby.gone                 promoting -> deposing
   10.444  b      instance                     down
   10.455  b      deposing.proved              deposing -> asking
   10.455  b      asking.known_solo            asking
   10.473  b      asking.unpromoted            asking -> standby-starting
   10.582  b      instance                     up, standby
   10.583  b      standby_starting.up          standby-starting -> standby
   10.583  b      standby.named                standby -> promoting
   10.583  b      promoting.cut                promoting
   10.585  b      promoting.promote            promoting
   10.598  b      standby.gone                 promoting -> deposing
   10.600  b      instance                     down
   10.628  b      deposing.proved              deposing -> asking
   10.628  b      asking.known_solo            asking
   10.628  b      asking.unpromoted            asking -> standby-starting
   10.709  b      instance                     up, standby
   10.710  b      standby_starting.up          standby-starting -> standby
   10.710  b      standby.named                standby -> promoting
   10.710  b      promoting.cut                promoting
   10.712  b      promoting.promote            promoting
   10.724  b      standby.gone                 promoting -> deposing
   10.727  b      instance                     down
   10.754  b      deposing.proved              deposing -> asking
   10.754  b      asking.known_solo            asking
   10.754  b      asking.unpromoted            asking -> standby-starting
   10.826  b      instance                     up, standby
   10.826  b      standby_starting.up          standby-starting -> standby
   10.826  b      standby.named                standby -> promoting
   10.826  b      promoting.cut                promoting
   10.828  b      promoting.promote            promoting
   10.841  b      standby.gone                 promoting -> deposing
   10.844  b      instance                     down
   10.855  b      deposing.proved              deposing -> asking
   10.855  b      asking.known_solo            asking
   10.871  b      asking.unpromoted            asking -> standby-starting
   10.951  b      instance                     up, standby
   10.951  b      standby_starting.up          standby-starting -> standby
   10.951  b      standby.named                standby -> promoting
   10.951  b      promoting.cut                promoting
   10.953  b      promoting.promote            promoting
   10.966  b      standby.gone                 promoting -> deposing
   10.968  b      instance                     down
   10.996  b      deposing.proved              deposing -> asking
   10.996  b      asking.known_solo            asking
   10.996  b      asking.unpromoted            asking -> standby-starting
   11.073  b      instance                     up, standby
   11.074  b      standby_starting.up          standby-starting -> standby
   11.074  b      standby.named                standby -> promoting
   11.074  b      promoting.cut                promoting
   11.076  b      promoting.promote            promoting
   11.089  b      standby.gone                 promoting -> deposing
   11.089  b      instance                     down
   11.119  b      deposing.proved              deposing -> asking
   11.119  b      asking.known_solo            asking
   11.119  b      asking.unpromoted            asking -> standby-starting
   11.214  b      instance                     up, standby
   11.215  b      standby_starting.up          standby-starting -> standby
   11.215  b      standby.named                standby -> promoting
   11.215  b      promoting.cut                promoting
   11.217  b      promoting.promote            promoting
   11.230  b      standby.gone                 promoting -> deposing
   11.232  b      instance                     down
   11.255  b      deposing.proved              deposing -> asking
   11.255  b      asking.known_solo            asking
   11.260  b      asking.unpromoted            asking -> standby-starting
   11.350  b      instance                     up, standby
   11.352  b      standby_starting.up          standby-starting -> standby
   11.352  b      standby.named                standby -> promoting
   11.352  b      promoting.cut                promoting
   11.354  b      promoting.promote            promoting
   11.366  b      standby.gone                 promoting -> deposing
   11.370  b      instance                     down
   11.396  b      deposing.proved              deposing -> asking
   11.396  b      asking.known_solo            asking
   11.396  b      asking.unpromoted            asking -> standby-starting
   11.472  b      instance                     up, standby
   11.472  b      standby_starting.up          standby-starting -> standby
   11.472  b      standby.named                standby -> promoting
   11.472  b      promoting.cut                promoting
   11.474  b      promoting.promote            promoting
   11.487  b      standby.gone                 promoting -> deposing
   11.489  b      instance                     down
   11.517  b      deposing.proved              deposing -> asking
   11.517  b      asking.known_solo            asking
   11.517  b      asking.unpromoted            asking -> standby-starting
   11.625  b      instance                     up, standby
   11.625  b      standby_starting.up          standby-starting -> standby
   11.625  b      standby.named                standby -> promoting
   11.625  b      promoting.cut                promoting
   11.627  b      promoting.promote            promoting
   11.640  b      standby.gone                 promoting -> deposing
   11.643  b      instance                     down
   11.655  b      deposing.proved              deposing -> asking
   11.655  b      asking.known_solo            asking
   11.670  b      asking.unpromoted            asking -> standby-starting
   11.767  b      instance                     up, standby
   11.768  b      standby_starting.up          standby-starting -> standby
   11.768  b      standby.named                standby -> promoting
   11.768  b      promoting.cut                promoting
   11.770  b      promoting.promote            promoting
   11.783  b      standby.gone                 promoting -> deposing
   11.785  b      instance                     down
   11.813  b      deposing.proved              deposing -> asking
   11.813  b      asking.known_solo            asking
   11.813  b      asking.unpromoted            asking -> standby-starting
   11.887  b      instance                     up, standby
   11.887  b      standby_starting.up          standby-starting -> standby
   11.887  b      standby.named                standby -> promoting
   11.887  b      promoting.cut                promoting
   11.889  b      promoting.promote            promoting
   11.902  b      standby.gone                 promoting -> deposing
   11.904  b      instance                     down
   11.932  b      deposing.proved              deposing -> asking
   11.932  b      asking.known_solo            asking
   11.932  b      asking.unpromoted            asking -> standby-starting
   12.000  -      instance                     b can promote
   12.008  b      instance                     up, standby
   12.010  b      standby_starting.up          standby-starting -> standby
   12.010  b      standby.named                standby -> promoting
   12.010  b      promoting.cut                promoting
   12.012  b      promoting.promote            promoting
   12.069  b      instance                     promoted to timeline 2
   12.070  b      promoting.done               promoting -> proving
   12.070  b      proving.mark                 proving
   12.075  b      proving.open                 proving -> opening
   12.077  b      gate                         open
   12.077  b      opening.done                 opening -> primary
   12.077  a      seeking.ask                  seeking
   12.078  a      standby.take_chain           seeking
   12.083  a      seeking.start                seeking -> standby-starting
   12.161  a      instance                     up, standby
   12.163  a      standby_starting.up          standby-starting -> standby
   12.163  a      standby.open                 standby
   12.255  b      attach.tighten               primary
   12.455  b      attach.propose               primary
   12.458  b      attach.accept                primary
