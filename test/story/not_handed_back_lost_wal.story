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
    2.638  a      asking.ahead_handover        asking -> consenting
    2.638  b      claim.consent                standby -> claiming
    2.638  b      claiming.cut_early           claiming
    2.645  b      claiming.accept              claiming
    2.649  b      standby.named                claiming -> promoting
    2.649  b      promoting.promote            promoting
    2.649  a      consenting.succeeded         consenting -> asking
    2.649  a      asking.round                 asking
    2.657  a      asking.seek                  asking -> seeking
    2.663  b      standby.gone                 promoting -> deposing
    2.663  b      instance                     down
    2.693  b      deposing.proved              deposing -> asking
    2.693  b      asking.known_solo            asking
    2.693  b      asking.unpromoted            asking -> standby-starting
    2.753  b      instance                     up, standby
    2.755  b      standby_starting.up          standby-starting -> standby
    2.755  b      standby.named                standby -> promoting
    2.755  b      promoting.cut                promoting
    2.757  b      promoting.promote            promoting
    2.770  b      standby.gone                 promoting -> deposing
    2.772  b      instance                     down
    2.800  b      deposing.proved              deposing -> asking
    2.800  b      asking.known_solo            asking
    2.800  b      asking.unpromoted            asking -> standby-starting
    2.883  b      instance                     up, standby
    2.884  b      standby_starting.up          standby-starting -> standby
    2.884  b      standby.named                standby -> promoting
    2.884  b      promoting.cut                promoting
    2.886  b      promoting.promote            promoting
    2.898  b      standby.gone                 promoting -> deposing
    2.902  b      instance                     down
    2.928  b      deposing.proved              deposing -> asking
    2.928  b      asking.known_solo            asking
    2.928  b      asking.unpromoted            asking -> standby-starting
    2.996  b      instance                     up, standby
    2.996  b      standby_starting.up          standby-starting -> standby
    2.996  b      standby.named                standby -> promoting
    2.996  b      promoting.cut                promoting
    2.998  b      promoting.promote            promoting
    3.011  b      standby.gone                 promoting -> deposing
    3.014  b      instance                     down
    3.041  b      deposing.proved              deposing -> asking
    3.041  b      asking.known_solo            asking
    3.041  b      asking.unpromoted            asking -> standby-starting
    3.132  b      instance                     up, standby
    3.133  b      standby_starting.up          standby-starting -> standby
    3.133  b      standby.named                standby -> promoting
    3.133  b      promoting.cut                promoting
    3.135  b      promoting.promote            promoting
    3.148  b      standby.gone                 promoting -> deposing
    3.149  b      instance                     down
    3.178  b      deposing.proved              deposing -> asking
    3.178  b      asking.known_solo            asking
    3.178  b      asking.unpromoted            asking -> standby-starting
    3.275  b      instance                     up, standby
    3.276  b      standby_starting.up          standby-starting -> standby
    3.276  b      standby.named                standby -> promoting
    3.276  b      promoting.cut                promoting
    3.278  b      promoting.promote            promoting
    3.291  b      standby.gone                 promoting -> deposing
    3.294  b      instance                     down
    3.321  b      deposing.proved              deposing -> asking
    3.321  b      asking.known_solo            asking
    3.321  b      asking.unpromoted            asking -> standby-starting
    3.395  b      instance                     up, standby
    3.397  b      standby_starting.up          standby-starting -> standby
    3.397  b      standby.named                standby -> promoting
    3.397  b      promoting.cut                promoting
    3.399  b      promoting.promote            promoting
    3.412  b      standby.gone                 promoting -> deposing
    3.413  b      instance                     down
    3.442  b      deposing.proved              deposing -> asking
    3.442  b      asking.known_solo            asking
    3.442  b      asking.unpromoted            asking -> standby-starting
    3.540  b      instance                     up, standby
    3.542  b      standby_starting.up          standby-starting -> standby
    3.542  b      standby.named                standby -> promoting
    3.542  b      promoting.cut                promoting
    3.544  b      promoting.promote            promoting
    3.556  b      standby.gone                 promoting -> deposing
    3.560  b      instance                     down
    3.586  b      deposing.proved              deposing -> asking
    3.586  b      asking.known_solo            asking
    3.586  b      asking.unpromoted            asking -> standby-starting
    3.669  b      instance                     up, standby
    3.670  b      standby_starting.up          standby-starting -> standby
    3.670  b      standby.named                standby -> promoting
    3.670  b      promoting.cut                promoting
    3.672  b      promoting.promote            promoting
    3.685  b      standby.gone                 promoting -> deposing
    3.687  b      instance                     down
    3.715  b      deposing.proved              deposing -> asking
    3.715  b      asking.known_solo            asking
    3.715  b      asking.unpromoted            asking -> standby-starting
    3.822  b      instance                     up, standby
    3.823  b      standby_starting.up          standby-starting -> standby
    3.823  b      standby.named                standby -> promoting
    3.823  b      promoting.cut                promoting
    3.825  b      promoting.promote            promoting
    3.838  b      standby.gone                 promoting -> deposing
    3.842  b      instance                     down
    3.855  b      deposing.proved              deposing -> asking
    3.855  b      asking.known_solo            asking
    3.868  b      asking.unpromoted            asking -> standby-starting
    3.948  b      instance                     up, standby
    3.948  b      standby_starting.up          standby-starting -> standby
    3.948  b      standby.named                standby -> promoting
    3.948  b      promoting.cut                promoting
    3.950  b      promoting.promote            promoting
    3.963  b      standby.gone                 promoting -> deposing
    3.966  b      instance                     down
    3.993  b      deposing.proved              deposing -> asking
    3.993  b      asking.known_solo            asking
    3.993  b      asking.unpromoted            asking -> standby-starting
    4.081  b      instance                     up, standby
    4.083  b      standby_starting.up          standby-starting -> standby
    4.083  b      standby.named                standby -> promoting
    4.083  b      promoting.cut                promoting
    4.085  b      promoting.promote            promoting
    4.098  b      standby.gone                 promoting -> deposing
    4.099  b      instance                     down
    4.128  b      deposing.proved              deposing -> asking
    4.128  b      asking.known_solo            asking
    4.128  b      asking.unpromoted            asking -> standby-starting
    4.190  b      instance                     up, standby
    4.192  b      standby_starting.up          standby-starting -> standby
    4.192  b      standby.named                standby -> promoting
    4.192  b      promoting.cut                promoting
    4.194  b      promoting.promote            promoting
    4.206  b      standby.gone                 promoting -> deposing
    4.210  b      instance                     down
    4.236  b      deposing.proved              deposing -> asking
    4.236  b      asking.known_solo            asking
    4.236  b      asking.unpromoted            asking -> standby-starting
    4.308  b      instance                     up, standby
    4.308  b      standby_starting.up          standby-starting -> standby
    4.308  b      standby.named                standby -> promoting
    4.308  b      promoting.cut                promoting
    4.310  b      promoting.promote            promoting
    4.323  b      standby.gone                 promoting -> deposing
    4.324  b      instance                     down
    4.353  b      deposing.proved              deposing -> asking
    4.353  b      asking.known_solo            asking
    4.353  b      asking.unpromoted            asking -> standby-starting
    4.454  b      instance                     up, standby
    4.455  b      standby_starting.up          standby-starting -> standby
    4.455  b      standby.named                standby -> promoting
    4.455  b      promoting.cut                promoting
    4.457  b      promoting.promote            promoting
    4.470  b      standby.gone                 promoting -> deposing
    4.472  b      instance                     down
    4.500  b      deposing.proved              deposing -> asking
    4.500  b      asking.known_solo            asking
    4.500  b      asking.unpromoted            asking -> standby-starting
    4.603  b      instance                     up, standby
    4.604  b      standby_starting.up          standby-starting -> standby
    4.604  b      standby.named                standby -> promoting
    4.604  b      promoting.cut                promoting
    4.606  b      promoting.promote            promoting
    4.619  b      standby.gone                 promoting -> deposing
    4.619  b      instance                     down
    4.649  b      deposing.proved              deposing -> asking
    4.649  b      asking.known_solo            asking
    4.649  b      asking.unpromoted            asking -> standby-starting
    4.736  b      instance                     up, standby
    4.737  b      standby_starting.up          standby-starting -> standby
    4.737  b      standby.named                standby -> promoting
    4.737  b      promoting.cut                promoting
    4.739  b      promoting.promote            promoting
    4.752  b      standby.gone                 promoting -> deposing
    4.752  b      instance                     down
    4.782  b      deposing.proved              deposing -> asking
    4.782  b      asking.known_solo            asking
    4.782  b      asking.unpromoted            asking -> standby-starting
    4.864  b      instance                     up, standby
    4.866  b      standby_starting.up          standby-starting -> standby
    4.866  b      standby.named                standby -> promoting
    4.866  b      promoting.cut                promoting
    4.868  b      promoting.promote            promoting
    4.880  b      standby.gone                 promoting -> deposing
    4.882  b      instance                     down
    4.910  b      deposing.proved              deposing -> asking
    4.910  b      asking.known_solo            asking
    4.910  b      asking.unpromoted            asking -> standby-starting
    5.005  b      instance                     up, standby
    5.006  b      standby_starting.up          standby-starting -> standby
    5.006  b      standby.named                standby -> promoting
    5.006  b      promoting.cut                promoting
    5.008  b      promoting.promote            promoting
    5.021  b      standby.gone                 promoting -> deposing
    5.025  b      instance                     down
    5.051  b      deposing.proved              deposing -> asking
    5.051  b      asking.known_solo            asking
    5.051  b      asking.unpromoted            asking -> standby-starting
    5.139  b      instance                     up, standby
    5.141  b      standby_starting.up          standby-starting -> standby
    5.141  b      standby.named                standby -> promoting
    5.141  b      promoting.cut                promoting
    5.143  b      promoting.promote            promoting
    5.156  b      standby.gone                 promoting -> deposing
    5.159  b      instance                     down
    5.186  b      deposing.proved              deposing -> asking
    5.186  b      asking.known_solo            asking
    5.186  b      asking.unpromoted            asking -> standby-starting
    5.248  b      instance                     up, standby
    5.250  b      standby_starting.up          standby-starting -> standby
    5.250  b      standby.named                standby -> promoting
    5.250  b      promoting.cut                promoting
    5.252  b      promoting.promote            promoting
    5.265  b      standby.gone                 promoting -> deposing
    5.267  b      instance                     down
    5.295  b      deposing.proved              deposing -> asking
    5.295  b      asking.known_solo            asking
    5.295  b      asking.unpromoted            asking -> standby-starting
    5.357  b      instance                     up, standby
    5.359  b      standby_starting.up          standby-starting -> standby
    5.359  b      standby.named                standby -> promoting
    5.359  b      promoting.cut                promoting
    5.361  b      promoting.promote            promoting
    5.374  b      standby.gone                 promoting -> deposing
    5.377  b      instance                     down
    5.404  b      deposing.proved              deposing -> asking
    5.404  b      asking.known_solo            asking
    5.404  b      asking.unpromoted            asking -> standby-starting
    5.474  b      instance                     up, standby
    5.476  b      standby_starting.up          standby-starting -> standby
    5.476  b      standby.named                standby -> promoting
    5.476  b      promoting.cut                promoting
    5.478  b      promoting.promote            promoting
    5.490  b      standby.gone                 promoting -> deposing
    5.494  b      instance                     down
    5.520  b      deposing.proved              deposing -> asking
    5.520  b      asking.known_solo            asking
    5.520  b      asking.unpromoted            asking -> standby-starting
    5.612  b      instance                     up, standby
    5.612  b      standby_starting.up          standby-starting -> standby
    5.612  b      standby.named                standby -> promoting
    5.612  b      promoting.cut                promoting
    5.614  b      promoting.promote            promoting
    5.627  b      standby.gone                 promoting -> deposing
    5.628  b      instance                     down
    5.655  b      deposing.proved              deposing -> asking
    5.655  b      asking.known_solo            asking
    5.657  b      asking.unpromoted            asking -> standby-starting
    5.738  b      instance                     up, standby
    5.739  b      standby_starting.up          standby-starting -> standby
    5.739  b      standby.named                standby -> promoting
    5.739  b      promoting.cut                promoting
    5.741  b      promoting.promote            promoting
    5.754  b      standby.gone                 promoting -> deposing
    5.756  b      instance                     down
    5.784  b      deposing.proved              deposing -> asking
    5.784  b      asking.known_solo            asking
    5.784  b      asking.unpromoted            asking -> standby-starting
    5.868  b      instance                     up, standby
    5.870  b      standby_starting.up          standby-starting -> standby
    5.870  b      standby.named                standby -> promoting
    5.870  b      promoting.cut                promoting
    5.872  b      promoting.promote            promoting
    5.885  b      standby.gone                 promoting -> deposing
    5.888  b      instance                     down
    5.915  b      deposing.proved              deposing -> asking
    5.915  b      asking.known_solo            asking
    5.915  b      asking.unpromoted            asking -> standby-starting
    5.978  b      instance                     up, standby
    5.979  b      standby_starting.up          standby-starting -> standby
    5.979  b      standby.named                standby -> promoting
    5.979  b      promoting.cut                promoting
    5.981  b      promoting.promote            promoting
    5.994  b      standby.gone                 promoting -> deposing
    5.997  b      instance                     down
    6.024  b      deposing.proved              deposing -> asking
    6.024  b      asking.known_solo            asking
    6.024  b      asking.unpromoted            asking -> standby-starting
    6.102  b      instance                     up, standby
    6.104  b      standby_starting.up          standby-starting -> standby
    6.104  b      standby.named                standby -> promoting
    6.104  b      promoting.cut                promoting
    6.106  b      promoting.promote            promoting
    6.118  b      standby.gone                 promoting -> deposing
    6.119  b      instance                     down
    6.148  b      deposing.proved              deposing -> asking
    6.148  b      asking.known_solo            asking
    6.148  b      asking.unpromoted            asking -> standby-starting
    6.229  b      instance                     up, standby
    6.230  b      standby_starting.up          standby-starting -> standby
    6.230  b      standby.named                standby -> promoting
    6.230  b      promoting.cut                promoting
    6.232  b      promoting.promote            promoting
    6.245  b      standby.gone                 promoting -> deposing
    6.248  b      instance                     down
    6.255  b      deposing.proved              deposing -> asking
    6.255  b      asking.known_solo            asking
    6.275  b      asking.unpromoted            asking -> standby-starting
    6.357  b      instance                     up, standby
    6.357  b      standby_starting.up          standby-starting -> standby
    6.357  b      standby.named                standby -> promoting
    6.357  b      promoting.cut                promoting
    6.359  b      promoting.promote            promoting
    6.372  b      standby.gone                 promoting -> deposing
    6.374  b      instance                     down
    6.402  b      deposing.proved              deposing -> asking
    6.402  b      asking.known_solo            asking
    6.402  b      asking.unpromoted            asking -> standby-starting
    6.479  b      instance                     up, standby
    6.480  b      standby_starting.up          standby-starting -> standby
    6.480  b      standby.named                standby -> promoting
    6.480  b      promoting.cut                promoting
    6.482  b      promoting.promote            promoting
    6.495  b      standby.gone                 promoting -> deposing
    6.498  b      instance                     down
    6.525  b      deposing.proved              deposing -> asking
    6.525  b      asking.known_solo            asking
    6.525  b      asking.unpromoted            asking -> standby-starting
    6.611  b      instance                     up, standby
    6.613  b      standby_starting.up          standby-starting -> standby
    6.613  b      standby.named                standby -> promoting
    6.613  b      promoting.cut                promoting
    6.615  b      promoting.promote            promoting
    6.628  b      standby.gone                 promoting -> deposing
    6.629  b      instance                     down
    6.655  b      deposing.proved              deposing -> asking
    6.655  b      asking.known_solo            asking
    6.658  b      asking.unpromoted            asking -> standby-starting
    6.720  b      instance                     up, standby
    6.720  b      standby_starting.up          standby-starting -> standby
    6.720  b      standby.named                standby -> promoting
    6.720  b      promoting.cut                promoting
    6.722  b      promoting.promote            promoting
    6.734  b      standby.gone                 promoting -> deposing
    6.735  b      instance                     down
    6.764  b      deposing.proved              deposing -> asking
    6.764  b      asking.known_solo            asking
    6.764  b      asking.unpromoted            asking -> standby-starting
    6.831  b      instance                     up, standby
    6.832  b      standby_starting.up          standby-starting -> standby
    6.832  b      standby.named                standby -> promoting
    6.832  b      promoting.cut                promoting
    6.834  b      promoting.promote            promoting
    6.847  b      standby.gone                 promoting -> deposing
    6.849  b      instance                     down
    6.855  b      deposing.proved              deposing -> asking
    6.855  b      asking.known_solo            asking
    6.877  b      asking.unpromoted            asking -> standby-starting
    6.958  b      instance                     up, standby
    6.959  b      standby_starting.up          standby-starting -> standby
    6.959  b      standby.named                standby -> promoting
    6.959  b      promoting.cut                promoting
    6.961  b      promoting.promote            promoting
    6.974  b      standby.gone                 promoting -> deposing
    6.977  b      instance                     down
    7.004  b      deposing.proved              deposing -> asking
    7.004  b      asking.known_solo            asking
    7.004  b      asking.unpromoted            asking -> standby-starting
    7.085  b      instance                     up, standby
    7.086  b      standby_starting.up          standby-starting -> standby
    7.086  b      standby.named                standby -> promoting
    7.086  b      promoting.cut                promoting
    7.088  b      promoting.promote            promoting
    7.101  b      standby.gone                 promoting -> deposing
    7.103  b      instance                     down
    7.131  b      deposing.proved              deposing -> asking
    7.131  b      asking.known_solo            asking
    7.131  b      asking.unpromoted            asking -> standby-starting
    7.231  b      instance                     up, standby
    7.233  b      standby_starting.up          standby-starting -> standby
    7.233  b      standby.named                standby -> promoting
    7.233  b      promoting.cut                promoting
    7.235  b      promoting.promote            promoting
    7.248  b      standby.gone                 promoting -> deposing
    7.249  b      instance                     down
    7.255  b      deposing.proved              deposing -> asking
    7.255  b      asking.known_solo            asking
    7.278  b      asking.unpromoted            asking -> standby-starting
    7.340  b      instance                     up, standby
    7.342  b      standby_starting.up          standby-starting -> standby
    7.342  b      standby.named                standby -> promoting
    7.342  b      promoting.cut                promoting
    7.344  b      promoting.promote            promoting
    7.356  b      standby.gone                 promoting -> deposing
    7.357  b      instance                     down
    7.386  b      deposing.proved              deposing -> asking
    7.386  b      asking.known_solo            asking
    7.386  b      asking.unpromoted            asking -> standby-starting
    7.475  b      instance                     up, standby
    7.476  b      standby_starting.up          standby-starting -> standby
    7.476  b      standby.named                standby -> promoting
    7.476  b      promoting.cut                promoting
    7.478  b      promoting.promote            promoting
    7.491  b      standby.gone                 promoting -> deposing
    7.493  b      instance                     down
    7.521  b      deposing.proved              deposing -> asking
    7.521  b      asking.known_solo            asking
    7.521  b      asking.unpromoted            asking -> standby-starting
    7.583  b      instance                     up, standby
    7.585  b      standby_starting.up          standby-starting -> standby
    7.585  b      standby.named                standby -> promoting
    7.585  b      promoting.cut                promoting
    7.587  b      promoting.promote            promoting
    7.600  b      standby.gone                 promoting -> deposing
    7.603  b      instance                     down
    7.630  b      deposing.proved              deposing -> asking
    7.630  b      asking.known_solo            asking
    7.630  b      asking.unpromoted            asking -> standby-starting
    7.728  b      instance                     up, standby
    7.728  b      standby_starting.up          standby-starting -> standby
    7.728  b      standby.named                standby -> promoting
    7.728  b      promoting.cut                promoting
    7.730  b      promoting.promote            promoting
    7.743  b      standby.gone                 promoting -> deposing
    7.744  b      instance                     down
    7.773  b      deposing.proved              deposing -> asking
    7.773  b      asking.known_solo            asking
    7.773  b      asking.unpromoted            asking -> standby-starting
    7.858  b      instance                     up, standby
    7.859  b      standby_starting.up          standby-starting -> standby
    7.859  b      standby.named                standby -> promoting
    7.859  b      promoting.cut                promoting
    7.861  b      promoting.promote            promoting
    7.874  b      standby.gone                 promoting -> deposing
    7.875  b      instance                     down
    7.904  b      deposing.proved              deposing -> asking
    7.904  b      asking.known_solo            asking
    7.904  b      asking.unpromoted            asking -> standby-starting
    7.991  b      instance                     up, standby
    7.992  b      standby_starting.up          standby-starting -> standby
    7.992  b      standby.named                standby -> promoting
    7.992  b      promoting.cut                promoting
    7.994  b      promoting.promote            promoting
    8.006  b      standby.gone                 promoting -> deposing
    8.007  b      instance                     down
    8.036  b      deposing.proved              deposing -> asking
    8.036  b      asking.known_solo            asking
    8.036  b      asking.unpromoted            asking -> standby-starting
    8.102  b      instance                     up, standby
    8.102  b      standby_starting.up          standby-starting -> standby
    8.102  b      standby.named                standby -> promoting
    8.102  b      promoting.cut                promoting
    8.104  b      promoting.promote            promoting
    8.117  b      standby.gone                 promoting -> deposing
    8.118  b      instance                     down
    8.147  b      deposing.proved              deposing -> asking
    8.147  b      asking.known_solo            asking
    8.147  b      asking.unpromoted            asking -> standby-starting
    8.248  b      instance                     up, standby
    8.249  b      standby_starting.up          standby-starting -> standby
    8.249  b      standby.named                standby -> promoting
    8.249  b      promoting.cut                promoting
    8.251  b      promoting.promote            promoting
    8.264  b      standby.gone                 promoting -> deposing
    8.267  b      instance                     down
    8.294  b      deposing.proved              deposing -> asking
    8.294  b      asking.known_solo            asking
    8.294  b      asking.unpromoted            asking -> standby-starting
    8.390  b      instance                     up, standby
    8.392  b      standby_starting.up          standby-starting -> standby
    8.392  b      standby.named                standby -> promoting
    8.392  b      promoting.cut                promoting
    8.394  b      promoting.promote            promoting
    8.407  b      standby.gone                 promoting -> deposing
    8.410  b      instance                     down
    8.437  b      deposing.proved              deposing -> asking
    8.437  b      asking.known_solo            asking
    8.437  b      asking.unpromoted            asking -> standby-starting
    8.539  b      instance                     up, standby
    8.539  b      standby_starting.up          standby-starting -> standby
    8.539  b      standby.named                standby -> promoting
    8.539  b      promoting.cut                promoting
    8.541  b      promoting.promote            promoting
    8.554  b      standby.gone                 promoting -> deposing
    8.556  b      instance                     down
    8.584  b      deposing.proved              deposing -> asking
    8.584  b      asking.known_solo            asking
    8.584  b      asking.unpromoted            asking -> standby-starting
    8.682  b      instance                     up, standby
    8.684  b      standby_starting.up          standby-starting -> standby
    8.684  b      standby.named                standby -> promoting
    8.684  b      promoting.cut                promoting
    8.686  b      promoting.promote            promoting
    8.698  b      standby.gone                 promoting -> deposing
    8.699  b      instance                     down
    8.728  b      deposing.proved              deposing -> asking
    8.728  b      asking.known_solo            asking
    8.728  b      asking.unpromoted            asking -> standby-starting
    8.792  b      instance                     up, standby
    8.794  b      standby_starting.up          standby-starting -> standby
    8.794  b      standby.named                standby -> promoting
    8.794  b      promoting.cut                promoting
    8.796  b      promoting.promote            promoting
    8.809  b      standby.gone                 promoting -> deposing
    8.813  b      instance                     down
    8.839  b      deposing.proved              deposing -> asking
    8.839  b      asking.known_solo            asking
    8.839  b      asking.unpromoted            asking -> standby-starting
    8.913  b      instance                     up, standby
    8.913  b      standby_starting.up          standby-starting -> standby
    8.913  b      standby.named                standby -> promoting
    8.913  b      promoting.cut                promoting
    8.915  b      promoting.promote            promoting
    8.928  b      standby.gone                 promoting -> deposing
    8.929  b      instance                     down
    8.958  b      deposing.proved              deposing -> asking
    8.958  b      asking.known_solo            asking
    8.958  b      asking.unpromoted            asking -> standby-starting
    9.052  b      instance                     up, standby
    9.054  b      standby_starting.up          standby-starting -> standby
    9.054  b      standby.named                standby -> promoting
    9.054  b      promoting.cut                promoting
    9.056  b      promoting.promote            promoting
    9.069  b      standby.gone                 promoting -> deposing
    9.070  b      instance                     down
    9.099  b      deposing.proved              deposing -> asking
    9.099  b      asking.known_solo            asking
    9.099  b      asking.unpromoted            asking -> standby-starting
    9.194  b      instance                     up, standby
    9.195  b      standby_starting.up          standby-starting -> standby
    9.195  b      standby.named                standby -> promoting
    9.195  b      promoting.cut                promoting
    9.197  b      promoting.promote            promoting
    9.210  b      standby.gone                 promoting -> deposing
    9.213  b      instance                     down
    9.240  b      deposing.proved              deposing -> asking
    9.240  b      asking.known_solo            asking
    9.240  b      asking.unpromoted            asking -> standby-starting
    9.347  b      instance                     up, standby
    9.348  b      standby_starting.up          standby-starting -> standby
    9.348  b      standby.named                standby -> promoting
    9.348  b      promoting.cut                promoting
    9.350  b      promoting.promote            promoting
    9.362  b      standby.gone                 promoting -> deposing
    9.365  b      instance                     down
    9.392  b      deposing.proved              deposing -> asking
    9.392  b      asking.known_solo            asking
    9.392  b      asking.unpromoted            asking -> standby-starting
    9.477  b      instance                     up, standby
    9.478  b      standby_starting.up          standby-starting -> standby
    9.478  b      standby.named                standby -> promoting
    9.478  b      promoting.cut                promoting
    9.480  b      promoting.promote            promoting
    9.493  b      standby.gone                 promoting -> deposing
    9.496  b      instance                     down
    9.523  b      deposing.proved              deposing -> asking
    9.523  b      asking.known_solo            asking
    9.523  b      asking.unpromoted            asking -> standby-starting
    9.633  b      instance                     up, standby
    9.633  b      standby_starting.up          standby-starting -> standby
    9.633  b      standby.named                standby -> promoting
    9.633  b      promoting.cut                promoting
    9.635  b      promoting.promote            promoting
    9.648  b      standby.gone                 promoting -> deposing
    9.649  b      instance                     down
    9.655  b      deposing.proved              deposing -> asking
    9.655  b      asking.known_solo            asking
    9.678  b      asking.unpromoted            asking -> standby-starting
    9.774  b      instance                     up, standby
    9.776  b      standby_starting.up          standby-starting -> standby
    9.776  b      standby.named                standby -> promoting
    9.776  b      promoting.cut                promoting
    9.778  b      promoting.promote            promoting
    9.791  b      standby.gone                 promoting -> deposing
    9.795  b      instance                     down
    9.821  b      deposing.proved              deposing -> asking
    9.821  b      asking.known_solo            asking
    9.821  b      asking.unpromoted            asking -> standby-starting
    9.913  b      instance                     up, standby
    9.915  b      standby_starting.up          standby-starting -> standby
    9.915  b      standby.named                standby -> promoting
    9.915  b      promoting.cut                promoting
    9.917  b      promoting.promote            promoting
    9.930  b      standby.gone                 promoting -> deposing
    9.932  b      instance                     down
    9.960  b      deposing.proved              deposing -> asking
    9.960  b      asking.known_solo            asking
    9.960  b      asking.unpromoted            asking -> standby-starting
   10.034  b      instance                     up, standby
   10.036  b      standby_starting.up          standby-starting -> standby
   10.036  b      standby.named                standby -> promoting
   10.036  b      promoting.cut                promoting
   10.038  b      promoting.promote            promoting
   10.050  b      standby.gone                 promoting -> deposing
   10.052  b      instance                     down
   10.055  b      deposing.proved              deposing -> asking
   10.055  b      asking.known_solo            asking
   10.080  b      asking.unpromoted            asking -> standby-starting
   10.186  b      instance                     up, standby
   10.186  b      standby_starting.up          standby-starting -> standby
   10.186  b      standby.named                standby -> promoting
   10.186  b      promoting.cut                promoting
   10.188  b      promoting.promote            promoting
   10.201  b      standby.gone                 promoting -> deposing
   10.202  b      instance                     down
   10.231  b      deposing.proved              deposing -> asking
   10.231  b      asking.known_solo            asking
   10.231  b      asking.unpromoted            asking -> standby-starting
   10.292  b      instance                     up, standby
   10.293  b      standby_starting.up          standby-starting -> standby
   10.293  b      standby.named                standby -> promoting
   10.293  b      promoting.cut                promoting
   10.295  b      promoting.promote            promoting
   10.308  b      standby.gone                 promoting -> deposing
   10.309  b      instance                     down
   10.338  b      deposing.proved              deposing -> asking
   10.338  b      asking.known_solo            asking
   10.338  b      asking.unpromoted            asking -> standby-starting
   10.423  b      instance                     up, standby
   10.424  b      standby_starting.up          standby-starting -> standby
   10.424  b      standby.named                standby -> promoting
   10.424  b      promoting.cut                promoting
   10.426  b      promoting.promote            promoting
   10.439  b      standby.gone                 promoting -> deposing
   10.442  b      instance                     down
   10.455  b      deposing.proved              deposing -> asking
   10.455  b      asking.known_solo            asking
   10.469  b      asking.unpromoted            asking -> standby-starting
   10.539  b      instance                     up, standby
   10.541  b      standby_starting.up          standby-starting -> standby
   10.541  b      standby.named                standby -> promoting
   10.541  b      promoting.cut                promoting
   10.543  b      promoting.promote            promoting
   10.556  b      standby.gone                 promoting -> deposing
   10.559  b      instance                     down
   10.586  b      deposing.proved              deposing -> asking
   10.586  b      asking.known_solo            asking
   10.586  b      asking.unpromoted            asking -> standby-starting
   10.691  b      instance                     up, standby
   10.692  b      standby_starting.up          standby-starting -> standby
   10.692  b      standby.named                standby -> promoting
   10.692  b      promoting.cut                promoting
   10.694  b      promoting.promote            promoting
   10.706  b      standby.gone                 promoting -> deposing
   10.708  b      instance                     down
   10.736  b      deposing.proved              deposing -> asking
   10.736  b      asking.known_solo            asking
   10.736  b      asking.unpromoted            asking -> standby-starting
   10.818  b      instance                     up, standby
   10.818  b      standby_starting.up          standby-starting -> standby
   10.818  b      standby.named                standby -> promoting
   10.818  b      promoting.cut                promoting
   10.820  b      promoting.promote            promoting
   10.833  b      standby.gone                 promoting -> deposing
   10.834  b      instance                     down
   10.855  b      deposing.proved              deposing -> asking
   10.855  b      asking.known_solo            asking
   10.863  b      asking.unpromoted            asking -> standby-starting
   10.967  b      instance                     up, standby
   10.967  b      standby_starting.up          standby-starting -> standby
   10.967  b      standby.named                standby -> promoting
   10.967  b      promoting.cut                promoting
   10.969  b      promoting.promote            promoting
   10.982  b      standby.gone                 promoting -> deposing
   10.984  b      instance                     down
   11.012  b      deposing.proved              deposing -> asking
   11.012  b      asking.known_solo            asking
   11.012  b      asking.unpromoted            asking -> standby-starting
   11.087  b      instance                     up, standby
   11.088  b      standby_starting.up          standby-starting -> standby
   11.088  b      standby.named                standby -> promoting
   11.088  b      promoting.cut                promoting
   11.090  b      promoting.promote            promoting
   11.103  b      standby.gone                 promoting -> deposing
   11.106  b      instance                     down
   11.133  b      deposing.proved              deposing -> asking
   11.133  b      asking.known_solo            asking
   11.133  b      asking.unpromoted            asking -> standby-starting
   11.242  b      instance                     up, standby
   11.243  b      standby_starting.up          standby-starting -> standby
   11.243  b      standby.named                standby -> promoting
   11.243  b      promoting.cut                promoting
   11.245  b      promoting.promote            promoting
   11.258  b      standby.gone                 promoting -> deposing
   11.259  b      instance                     down
   11.288  b      deposing.proved              deposing -> asking
   11.288  b      asking.known_solo            asking
   11.288  b      asking.unpromoted            asking -> standby-starting
   11.365  b      instance                     up, standby
   11.366  b      standby_starting.up          standby-starting -> standby
   11.366  b      standby.named                standby -> promoting
   11.366  b      promoting.cut                promoting
   11.368  b      promoting.promote            promoting
   11.380  b      standby.gone                 promoting -> deposing
   11.383  b      instance                     down
   11.410  b      deposing.proved              deposing -> asking
   11.410  b      asking.known_solo            asking
   11.410  b      asking.unpromoted            asking -> standby-starting
   11.474  b      instance                     up, standby
   11.476  b      standby_starting.up          standby-starting -> standby
   11.476  b      standby.named                standby -> promoting
   11.476  b      promoting.cut                promoting
   11.478  b      promoting.promote            promoting
   11.491  b      standby.gone                 promoting -> deposing
   11.493  b      instance                     down
   11.521  b      deposing.proved              deposing -> asking
   11.521  b      asking.known_solo            asking
   11.521  b      asking.unpromoted            asking -> standby-starting
   11.623  b      instance                     up, standby
   11.625  b      standby_starting.up          standby-starting -> standby
   11.625  b      standby.named                standby -> promoting
   11.625  b      promoting.cut                promoting
   11.627  b      promoting.promote            promoting
   11.640  b      standby.gone                 promoting -> deposing
   11.642  b      instance                     down
   11.655  b      deposing.proved              deposing -> asking
   11.655  b      asking.known_solo            asking
   11.670  b      asking.unpromoted            asking -> standby-starting
   11.777  b      instance                     up, standby
   11.778  b      standby_starting.up          standby-starting -> standby
   11.778  b      standby.named                standby -> promoting
   11.778  b      promoting.cut                promoting
   11.780  b      promoting.promote            promoting
   11.793  b      standby.gone                 promoting -> deposing
   11.794  b      instance                     down
   11.823  b      deposing.proved              deposing -> asking
   11.823  b      asking.known_solo            asking
   11.823  b      asking.unpromoted            asking -> standby-starting
   11.890  b      instance                     up, standby
   11.891  b      standby_starting.up          standby-starting -> standby
   11.891  b      standby.named                standby -> promoting
   11.891  b      promoting.cut                promoting
   11.893  b      promoting.promote            promoting
   11.906  b      standby.gone                 promoting -> deposing
   11.908  b      instance                     down
   11.936  b      deposing.proved              deposing -> asking
   11.936  b      asking.known_solo            asking
   11.936  b      asking.unpromoted            asking -> standby-starting
   12.000  -      instance                     b can promote
   12.009  b      instance                     up, standby
   12.010  b      standby_starting.up          standby-starting -> standby
   12.010  b      standby.named                standby -> promoting
   12.010  b      promoting.cut                promoting
   12.012  b      promoting.promote            promoting
   12.077  b      instance                     promoted to timeline 2
   12.078  b      promoting.done               promoting -> proving
   12.078  b      proving.mark                 proving
   12.083  b      proving.open                 proving -> opening
   12.085  b      gate                         open
   12.085  b      opening.done                 opening -> primary
   12.085  a      seeking.ask                  seeking
   12.085  a      standby.take_chain           seeking
   12.090  a      seeking.start                seeking -> standby-starting
   12.158  a      instance                     up, standby
   12.158  a      standby_starting.up          standby-starting -> standby
   12.158  a      standby.open                 standby
   12.255  b      attach.tighten               primary
   12.455  b      attach.propose               primary
   12.458  b      attach.accept                primary
