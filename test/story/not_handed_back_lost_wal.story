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
    2.640  b      claim.consent                standby -> claiming
    2.640  b      claiming.cut_early           claiming
    2.647  b      claiming.accept              claiming
    2.651  b      standby.named                claiming -> promoting
    2.651  b      promoting.promote            promoting
    2.652  a      consenting.succeeded         consenting -> asking
    2.652  a      asking.round                 asking
    2.658  a      asking.seek                  asking -> seeking
    2.666  b      standby.gone                 promoting -> deposing
    2.669  b      instance                     down
    2.696  b      deposing.proved              deposing -> asking
    2.696  b      asking.known_solo            asking
    2.696  b      asking.unpromoted            asking -> standby-starting
    2.804  b      instance                     up, standby
    2.806  b      standby_starting.up          standby-starting -> standby
    2.806  b      standby.named                standby -> promoting
    2.806  b      promoting.cut                promoting
    2.808  b      promoting.promote            promoting
    2.821  b      standby.gone                 promoting -> deposing
    2.821  b      instance                     down
    2.851  b      deposing.proved              deposing -> asking
    2.851  b      asking.known_solo            asking
    2.851  b      asking.unpromoted            asking -> standby-starting
    2.937  b      instance                     up, standby
    2.939  b      standby_starting.up          standby-starting -> standby
    2.939  b      standby.named                standby -> promoting
    2.939  b      promoting.cut                promoting
    2.941  b      promoting.promote            promoting
    2.953  b      standby.gone                 promoting -> deposing
    2.954  b      instance                     down
    2.983  b      deposing.proved              deposing -> asking
    2.983  b      asking.known_solo            asking
    2.983  b      asking.unpromoted            asking -> standby-starting
    3.090  b      instance                     up, standby
    3.091  b      standby_starting.up          standby-starting -> standby
    3.091  b      standby.named                standby -> promoting
    3.091  b      promoting.cut                promoting
    3.093  b      promoting.promote            promoting
    3.106  b      standby.gone                 promoting -> deposing
    3.108  b      instance                     down
    3.136  b      deposing.proved              deposing -> asking
    3.136  b      asking.known_solo            asking
    3.136  b      asking.unpromoted            asking -> standby-starting
    3.212  b      instance                     up, standby
    3.212  b      standby_starting.up          standby-starting -> standby
    3.212  b      standby.named                standby -> promoting
    3.212  b      promoting.cut                promoting
    3.214  b      promoting.promote            promoting
    3.227  b      standby.gone                 promoting -> deposing
    3.231  b      instance                     down
    3.255  b      deposing.proved              deposing -> asking
    3.255  b      asking.known_solo            asking
    3.257  b      asking.unpromoted            asking -> standby-starting
    3.346  b      instance                     up, standby
    3.347  b      standby_starting.up          standby-starting -> standby
    3.347  b      standby.named                standby -> promoting
    3.347  b      promoting.cut                promoting
    3.349  b      promoting.promote            promoting
    3.362  b      standby.gone                 promoting -> deposing
    3.363  b      instance                     down
    3.392  b      deposing.proved              deposing -> asking
    3.392  b      asking.known_solo            asking
    3.392  b      asking.unpromoted            asking -> standby-starting
    3.466  b      instance                     up, standby
    3.468  b      standby_starting.up          standby-starting -> standby
    3.468  b      standby.named                standby -> promoting
    3.468  b      promoting.cut                promoting
    3.470  b      promoting.promote            promoting
    3.483  b      standby.gone                 promoting -> deposing
    3.486  b      instance                     down
    3.513  b      deposing.proved              deposing -> asking
    3.513  b      asking.known_solo            asking
    3.513  b      asking.unpromoted            asking -> standby-starting
    3.587  b      instance                     up, standby
    3.589  b      standby_starting.up          standby-starting -> standby
    3.589  b      standby.named                standby -> promoting
    3.589  b      promoting.cut                promoting
    3.591  b      promoting.promote            promoting
    3.603  b      standby.gone                 promoting -> deposing
    3.607  b      instance                     down
    3.633  b      deposing.proved              deposing -> asking
    3.633  b      asking.known_solo            asking
    3.633  b      asking.unpromoted            asking -> standby-starting
    3.694  b      instance                     up, standby
    3.695  b      standby_starting.up          standby-starting -> standby
    3.695  b      standby.named                standby -> promoting
    3.695  b      promoting.cut                promoting
    3.697  b      promoting.promote            promoting
    3.710  b      standby.gone                 promoting -> deposing
    3.712  b      instance                     down
    3.740  b      deposing.proved              deposing -> asking
    3.740  b      asking.known_solo            asking
    3.740  b      asking.unpromoted            asking -> standby-starting
    3.824  b      instance                     up, standby
    3.824  b      standby_starting.up          standby-starting -> standby
    3.824  b      standby.named                standby -> promoting
    3.824  b      promoting.cut                promoting
    3.826  b      promoting.promote            promoting
    3.839  b      standby.gone                 promoting -> deposing
    3.841  b      instance                     down
    3.855  b      deposing.proved              deposing -> asking
    3.855  b      asking.known_solo            asking
    3.869  b      asking.unpromoted            asking -> standby-starting
    3.955  b      instance                     up, standby
    3.955  b      standby_starting.up          standby-starting -> standby
    3.955  b      standby.named                standby -> promoting
    3.955  b      promoting.cut                promoting
    3.957  b      promoting.promote            promoting
    3.970  b      standby.gone                 promoting -> deposing
    3.972  b      instance                     down
    4.000  b      deposing.proved              deposing -> asking
    4.000  b      asking.known_solo            asking
    4.000  b      asking.unpromoted            asking -> standby-starting
    4.067  b      instance                     up, standby
    4.068  b      standby_starting.up          standby-starting -> standby
    4.068  b      standby.named                standby -> promoting
    4.068  b      promoting.cut                promoting
    4.070  b      promoting.promote            promoting
    4.083  b      standby.gone                 promoting -> deposing
    4.084  b      instance                     down
    4.113  b      deposing.proved              deposing -> asking
    4.113  b      asking.known_solo            asking
    4.113  b      asking.unpromoted            asking -> standby-starting
    4.216  b      instance                     up, standby
    4.217  b      standby_starting.up          standby-starting -> standby
    4.217  b      standby.named                standby -> promoting
    4.217  b      promoting.cut                promoting
    4.219  b      promoting.promote            promoting
    4.231  b      standby.gone                 promoting -> deposing
    4.232  b      instance                     down
    4.255  b      deposing.proved              deposing -> asking
    4.255  b      asking.known_solo            asking
    4.261  b      asking.unpromoted            asking -> standby-starting
    4.341  b      instance                     up, standby
    4.341  b      standby_starting.up          standby-starting -> standby
    4.341  b      standby.named                standby -> promoting
    4.341  b      promoting.cut                promoting
    4.343  b      promoting.promote            promoting
    4.356  b      standby.gone                 promoting -> deposing
    4.357  b      instance                     down
    4.386  b      deposing.proved              deposing -> asking
    4.386  b      asking.known_solo            asking
    4.386  b      asking.unpromoted            asking -> standby-starting
    4.486  b      instance                     up, standby
    4.488  b      standby_starting.up          standby-starting -> standby
    4.488  b      standby.named                standby -> promoting
    4.488  b      promoting.cut                promoting
    4.490  b      promoting.promote            promoting
    4.503  b      standby.gone                 promoting -> deposing
    4.506  b      instance                     down
    4.533  b      deposing.proved              deposing -> asking
    4.533  b      asking.known_solo            asking
    4.533  b      asking.unpromoted            asking -> standby-starting
    4.613  b      instance                     up, standby
    4.615  b      standby_starting.up          standby-starting -> standby
    4.615  b      standby.named                standby -> promoting
    4.615  b      promoting.cut                promoting
    4.617  b      promoting.promote            promoting
    4.630  b      standby.gone                 promoting -> deposing
    4.632  b      instance                     down
    4.655  b      deposing.proved              deposing -> asking
    4.655  b      asking.known_solo            asking
    4.660  b      asking.unpromoted            asking -> standby-starting
    4.760  b      instance                     up, standby
    4.760  b      standby_starting.up          standby-starting -> standby
    4.760  b      standby.named                standby -> promoting
    4.760  b      promoting.cut                promoting
    4.762  b      promoting.promote            promoting
    4.775  b      standby.gone                 promoting -> deposing
    4.778  b      instance                     down
    4.805  b      deposing.proved              deposing -> asking
    4.805  b      asking.known_solo            asking
    4.805  b      asking.unpromoted            asking -> standby-starting
    4.889  b      instance                     up, standby
    4.891  b      standby_starting.up          standby-starting -> standby
    4.891  b      standby.named                standby -> promoting
    4.891  b      promoting.cut                promoting
    4.893  b      promoting.promote            promoting
    4.905  b      standby.gone                 promoting -> deposing
    4.907  b      instance                     down
    4.935  b      deposing.proved              deposing -> asking
    4.935  b      asking.known_solo            asking
    4.935  b      asking.unpromoted            asking -> standby-starting
    5.031  b      instance                     up, standby
    5.031  b      standby_starting.up          standby-starting -> standby
    5.031  b      standby.named                standby -> promoting
    5.031  b      promoting.cut                promoting
    5.033  b      promoting.promote            promoting
    5.046  b      standby.gone                 promoting -> deposing
    5.049  b      instance                     down
    5.055  b      deposing.proved              deposing -> asking
    5.055  b      asking.known_solo            asking
    5.076  b      asking.unpromoted            asking -> standby-starting
    5.183  b      instance                     up, standby
    5.184  b      standby_starting.up          standby-starting -> standby
    5.184  b      standby.named                standby -> promoting
    5.184  b      promoting.cut                promoting
    5.186  b      promoting.promote            promoting
    5.199  b      standby.gone                 promoting -> deposing
    5.201  b      instance                     down
    5.229  b      deposing.proved              deposing -> asking
    5.229  b      asking.known_solo            asking
    5.229  b      asking.unpromoted            asking -> standby-starting
    5.321  b      instance                     up, standby
    5.323  b      standby_starting.up          standby-starting -> standby
    5.323  b      standby.named                standby -> promoting
    5.323  b      promoting.cut                promoting
    5.325  b      promoting.promote            promoting
    5.338  b      standby.gone                 promoting -> deposing
    5.340  b      instance                     down
    5.368  b      deposing.proved              deposing -> asking
    5.368  b      asking.known_solo            asking
    5.368  b      asking.unpromoted            asking -> standby-starting
    5.438  b      instance                     up, standby
    5.438  b      standby_starting.up          standby-starting -> standby
    5.438  b      standby.named                standby -> promoting
    5.438  b      promoting.cut                promoting
    5.440  b      promoting.promote            promoting
    5.453  b      standby.gone                 promoting -> deposing
    5.455  b      instance                     down
    5.483  b      deposing.proved              deposing -> asking
    5.483  b      asking.known_solo            asking
    5.483  b      asking.unpromoted            asking -> standby-starting
    5.566  b      instance                     up, standby
    5.567  b      standby_starting.up          standby-starting -> standby
    5.567  b      standby.named                standby -> promoting
    5.567  b      promoting.cut                promoting
    5.569  b      promoting.promote            promoting
    5.581  b      standby.gone                 promoting -> deposing
    5.583  b      instance                     down
    5.611  b      deposing.proved              deposing -> asking
    5.611  b      asking.known_solo            asking
    5.611  b      asking.unpromoted            asking -> standby-starting
    5.700  b      instance                     up, standby
    5.701  b      standby_starting.up          standby-starting -> standby
    5.701  b      standby.named                standby -> promoting
    5.701  b      promoting.cut                promoting
    5.703  b      promoting.promote            promoting
    5.716  b      standby.gone                 promoting -> deposing
    5.718  b      instance                     down
    5.746  b      deposing.proved              deposing -> asking
    5.746  b      asking.known_solo            asking
    5.746  b      asking.unpromoted            asking -> standby-starting
    5.855  b      instance                     up, standby
    5.856  b      standby_starting.up          standby-starting -> standby
    5.856  b      standby.named                standby -> promoting
    5.856  b      promoting.cut                promoting
    5.858  b      promoting.promote            promoting
    5.871  b      standby.gone                 promoting -> deposing
    5.872  b      instance                     down
    5.901  b      deposing.proved              deposing -> asking
    5.901  b      asking.known_solo            asking
    5.901  b      asking.unpromoted            asking -> standby-starting
    5.994  b      instance                     up, standby
    5.995  b      standby_starting.up          standby-starting -> standby
    5.995  b      standby.named                standby -> promoting
    5.995  b      promoting.cut                promoting
    5.997  b      promoting.promote            promoting
    6.010  b      standby.gone                 promoting -> deposing
    6.012  b      instance                     down
    6.040  b      deposing.proved              deposing -> asking
    6.040  b      asking.known_solo            asking
    6.040  b      asking.unpromoted            asking -> standby-starting
    6.102  b      instance                     up, standby
    6.102  b      standby_starting.up          standby-starting -> standby
    6.102  b      standby.named                standby -> promoting
    6.102  b      promoting.cut                promoting
    6.104  b      promoting.promote            promoting
    6.117  b      standby.gone                 promoting -> deposing
    6.118  b      instance                     down
    6.147  b      deposing.proved              deposing -> asking
    6.147  b      asking.known_solo            asking
    6.147  b      asking.unpromoted            asking -> standby-starting
    6.230  b      instance                     up, standby
    6.231  b      standby_starting.up          standby-starting -> standby
    6.231  b      standby.named                standby -> promoting
    6.231  b      promoting.cut                promoting
    6.233  b      promoting.promote            promoting
    6.245  b      standby.gone                 promoting -> deposing
    6.246  b      instance                     down
    6.255  b      deposing.proved              deposing -> asking
    6.255  b      asking.known_solo            asking
    6.275  b      asking.unpromoted            asking -> standby-starting
    6.356  b      instance                     up, standby
    6.357  b      standby_starting.up          standby-starting -> standby
    6.357  b      standby.named                standby -> promoting
    6.357  b      promoting.cut                promoting
    6.359  b      promoting.promote            promoting
    6.372  b      standby.gone                 promoting -> deposing
    6.375  b      instance                     down
    6.402  b      deposing.proved              deposing -> asking
    6.402  b      asking.known_solo            asking
    6.402  b      asking.unpromoted            asking -> standby-starting
    6.471  b      instance                     up, standby
    6.472  b      standby_starting.up          standby-starting -> standby
    6.472  b      standby.named                standby -> promoting
    6.472  b      promoting.cut                promoting
    6.474  b      promoting.promote            promoting
    6.487  b      standby.gone                 promoting -> deposing
    6.491  b      instance                     down
    6.517  b      deposing.proved              deposing -> asking
    6.517  b      asking.known_solo            asking
    6.517  b      asking.unpromoted            asking -> standby-starting
    6.613  b      instance                     up, standby
    6.615  b      standby_starting.up          standby-starting -> standby
    6.615  b      standby.named                standby -> promoting
    6.615  b      promoting.cut                promoting
    6.617  b      promoting.promote            promoting
    6.630  b      standby.gone                 promoting -> deposing
    6.631  b      instance                     down
    6.655  b      deposing.proved              deposing -> asking
    6.655  b      asking.known_solo            asking
    6.660  b      asking.unpromoted            asking -> standby-starting
    6.735  b      instance                     up, standby
    6.736  b      standby_starting.up          standby-starting -> standby
    6.736  b      standby.named                standby -> promoting
    6.736  b      promoting.cut                promoting
    6.738  b      promoting.promote            promoting
    6.751  b      standby.gone                 promoting -> deposing
    6.752  b      instance                     down
    6.781  b      deposing.proved              deposing -> asking
    6.781  b      asking.known_solo            asking
    6.781  b      asking.unpromoted            asking -> standby-starting
    6.854  b      instance                     up, standby
    6.855  b      standby_starting.up          standby-starting -> standby
    6.855  b      standby.named                standby -> promoting
    6.855  b      promoting.cut                promoting
    6.857  b      promoting.promote            promoting
    6.869  b      standby.gone                 promoting -> deposing
    6.870  b      instance                     down
    6.899  b      deposing.proved              deposing -> asking
    6.899  b      asking.known_solo            asking
    6.899  b      asking.unpromoted            asking -> standby-starting
    6.988  b      instance                     up, standby
    6.989  b      standby_starting.up          standby-starting -> standby
    6.989  b      standby.named                standby -> promoting
    6.989  b      promoting.cut                promoting
    6.991  b      promoting.promote            promoting
    7.004  b      standby.gone                 promoting -> deposing
    7.007  b      instance                     down
    7.034  b      deposing.proved              deposing -> asking
    7.034  b      asking.known_solo            asking
    7.034  b      asking.unpromoted            asking -> standby-starting
    7.131  b      instance                     up, standby
    7.132  b      standby_starting.up          standby-starting -> standby
    7.132  b      standby.named                standby -> promoting
    7.132  b      promoting.cut                promoting
    7.134  b      promoting.promote            promoting
    7.147  b      standby.gone                 promoting -> deposing
    7.149  b      instance                     down
    7.177  b      deposing.proved              deposing -> asking
    7.177  b      asking.known_solo            asking
    7.177  b      asking.unpromoted            asking -> standby-starting
    7.238  b      instance                     up, standby
    7.239  b      standby_starting.up          standby-starting -> standby
    7.239  b      standby.named                standby -> promoting
    7.239  b      promoting.cut                promoting
    7.241  b      promoting.promote            promoting
    7.254  b      standby.gone                 promoting -> deposing
    7.257  b      instance                     down
    7.284  b      deposing.proved              deposing -> asking
    7.284  b      asking.known_solo            asking
    7.284  b      asking.unpromoted            asking -> standby-starting
    7.385  b      instance                     up, standby
    7.386  b      standby_starting.up          standby-starting -> standby
    7.386  b      standby.named                standby -> promoting
    7.386  b      promoting.cut                promoting
    7.388  b      promoting.promote            promoting
    7.401  b      standby.gone                 promoting -> deposing
    7.402  b      instance                     down
    7.431  b      deposing.proved              deposing -> asking
    7.431  b      asking.known_solo            asking
    7.431  b      asking.unpromoted            asking -> standby-starting
    7.528  b      instance                     up, standby
    7.529  b      standby_starting.up          standby-starting -> standby
    7.529  b      standby.named                standby -> promoting
    7.529  b      promoting.cut                promoting
    7.531  b      promoting.promote            promoting
    7.543  b      standby.gone                 promoting -> deposing
    7.545  b      instance                     down
    7.573  b      deposing.proved              deposing -> asking
    7.573  b      asking.known_solo            asking
    7.573  b      asking.unpromoted            asking -> standby-starting
    7.677  b      instance                     up, standby
    7.677  b      standby_starting.up          standby-starting -> standby
    7.677  b      standby.named                standby -> promoting
    7.677  b      promoting.cut                promoting
    7.679  b      promoting.promote            promoting
    7.692  b      standby.gone                 promoting -> deposing
    7.695  b      instance                     down
    7.722  b      deposing.proved              deposing -> asking
    7.722  b      asking.known_solo            asking
    7.722  b      asking.unpromoted            asking -> standby-starting
    7.826  b      instance                     up, standby
    7.828  b      standby_starting.up          standby-starting -> standby
    7.828  b      standby.named                standby -> promoting
    7.828  b      promoting.cut                promoting
    7.830  b      promoting.promote            promoting
    7.843  b      standby.gone                 promoting -> deposing
    7.844  b      instance                     down
    7.855  b      deposing.proved              deposing -> asking
    7.855  b      asking.known_solo            asking
    7.873  b      asking.unpromoted            asking -> standby-starting
    7.955  b      instance                     up, standby
    7.955  b      standby_starting.up          standby-starting -> standby
    7.955  b      standby.named                standby -> promoting
    7.955  b      promoting.cut                promoting
    7.957  b      promoting.promote            promoting
    7.970  b      standby.gone                 promoting -> deposing
    7.974  b      instance                     down
    8.000  b      deposing.proved              deposing -> asking
    8.000  b      asking.known_solo            asking
    8.000  b      asking.unpromoted            asking -> standby-starting
    8.073  b      instance                     up, standby
    8.074  b      standby_starting.up          standby-starting -> standby
    8.074  b      standby.named                standby -> promoting
    8.074  b      promoting.cut                promoting
    8.076  b      promoting.promote            promoting
    8.089  b      standby.gone                 promoting -> deposing
    8.090  b      instance                     down
    8.119  b      deposing.proved              deposing -> asking
    8.119  b      asking.known_solo            asking
    8.119  b      asking.unpromoted            asking -> standby-starting
    8.223  b      instance                     up, standby
    8.225  b      standby_starting.up          standby-starting -> standby
    8.225  b      standby.named                standby -> promoting
    8.225  b      promoting.cut                promoting
    8.227  b      promoting.promote            promoting
    8.239  b      standby.gone                 promoting -> deposing
    8.242  b      instance                     down
    8.255  b      deposing.proved              deposing -> asking
    8.255  b      asking.known_solo            asking
    8.269  b      asking.unpromoted            asking -> standby-starting
    8.374  b      instance                     up, standby
    8.375  b      standby_starting.up          standby-starting -> standby
    8.375  b      standby.named                standby -> promoting
    8.375  b      promoting.cut                promoting
    8.377  b      promoting.promote            promoting
    8.390  b      standby.gone                 promoting -> deposing
    8.391  b      instance                     down
    8.420  b      deposing.proved              deposing -> asking
    8.420  b      asking.known_solo            asking
    8.420  b      asking.unpromoted            asking -> standby-starting
    8.521  b      instance                     up, standby
    8.522  b      standby_starting.up          standby-starting -> standby
    8.522  b      standby.named                standby -> promoting
    8.522  b      promoting.cut                promoting
    8.524  b      promoting.promote            promoting
    8.537  b      standby.gone                 promoting -> deposing
    8.538  b      instance                     down
    8.567  b      deposing.proved              deposing -> asking
    8.567  b      asking.known_solo            asking
    8.567  b      asking.unpromoted            asking -> standby-starting
    8.638  b      instance                     up, standby
    8.639  b      standby_starting.up          standby-starting -> standby
    8.639  b      standby.named                standby -> promoting
    8.639  b      promoting.cut                promoting
    8.641  b      promoting.promote            promoting
    8.654  b      standby.gone                 promoting -> deposing
    8.657  b      instance                     down
    8.684  b      deposing.proved              deposing -> asking
    8.684  b      asking.known_solo            asking
    8.684  b      asking.unpromoted            asking -> standby-starting
    8.756  b      instance                     up, standby
    8.758  b      standby_starting.up          standby-starting -> standby
    8.758  b      standby.named                standby -> promoting
    8.758  b      promoting.cut                promoting
    8.760  b      promoting.promote            promoting
    8.773  b      standby.gone                 promoting -> deposing
    8.774  b      instance                     down
    8.803  b      deposing.proved              deposing -> asking
    8.803  b      asking.known_solo            asking
    8.803  b      asking.unpromoted            asking -> standby-starting
    8.898  b      instance                     up, standby
    8.899  b      standby_starting.up          standby-starting -> standby
    8.899  b      standby.named                standby -> promoting
    8.899  b      promoting.cut                promoting
    8.901  b      promoting.promote            promoting
    8.913  b      standby.gone                 promoting -> deposing
    8.917  b      instance                     down
    8.943  b      deposing.proved              deposing -> asking
    8.943  b      asking.known_solo            asking
    8.943  b      asking.unpromoted            asking -> standby-starting
    9.037  b      instance                     up, standby
    9.037  b      standby_starting.up          standby-starting -> standby
    9.037  b      standby.named                standby -> promoting
    9.037  b      promoting.cut                promoting
    9.039  b      promoting.promote            promoting
    9.052  b      standby.gone                 promoting -> deposing
    9.053  b      instance                     down
    9.055  b      deposing.proved              deposing -> asking
    9.055  b      asking.known_solo            asking
    9.082  b      asking.unpromoted            asking -> standby-starting
    9.182  b      instance                     up, standby
    9.184  b      standby_starting.up          standby-starting -> standby
    9.184  b      standby.named                standby -> promoting
    9.184  b      promoting.cut                promoting
    9.186  b      promoting.promote            promoting
    9.199  b      standby.gone                 promoting -> deposing
    9.202  b      instance                     down
    9.229  b      deposing.proved              deposing -> asking
    9.229  b      asking.known_solo            asking
    9.229  b      asking.unpromoted            asking -> standby-starting
    9.329  b      instance                     up, standby
    9.329  b      standby_starting.up          standby-starting -> standby
    9.329  b      standby.named                standby -> promoting
    9.329  b      promoting.cut                promoting
    9.331  b      promoting.promote            promoting
    9.344  b      standby.gone                 promoting -> deposing
    9.347  b      instance                     down
    9.374  b      deposing.proved              deposing -> asking
    9.374  b      asking.known_solo            asking
    9.374  b      asking.unpromoted            asking -> standby-starting
    9.472  b      instance                     up, standby
    9.472  b      standby_starting.up          standby-starting -> standby
    9.472  b      standby.named                standby -> promoting
    9.472  b      promoting.cut                promoting
    9.474  b      promoting.promote            promoting
    9.487  b      standby.gone                 promoting -> deposing
    9.489  b      instance                     down
    9.517  b      deposing.proved              deposing -> asking
    9.517  b      asking.known_solo            asking
    9.517  b      asking.unpromoted            asking -> standby-starting
    9.607  b      instance                     up, standby
    9.609  b      standby_starting.up          standby-starting -> standby
    9.609  b      standby.named                standby -> promoting
    9.609  b      promoting.cut                promoting
    9.611  b      promoting.promote            promoting
    9.623  b      standby.gone                 promoting -> deposing
    9.624  b      instance                     down
    9.653  b      deposing.proved              deposing -> asking
    9.653  b      asking.known_solo            asking
    9.653  b      asking.unpromoted            asking -> standby-starting
    9.715  b      instance                     up, standby
    9.715  b      standby_starting.up          standby-starting -> standby
    9.715  b      standby.named                standby -> promoting
    9.715  b      promoting.cut                promoting
    9.717  b      promoting.promote            promoting
    9.730  b      standby.gone                 promoting -> deposing
    9.733  b      instance                     down
    9.760  b      deposing.proved              deposing -> asking
    9.760  b      asking.known_solo            asking
    9.760  b      asking.unpromoted            asking -> standby-starting
    9.860  b      instance                     up, standby
    9.860  b      standby_starting.up          standby-starting -> standby
    9.860  b      standby.named                standby -> promoting
    9.860  b      promoting.cut                promoting
    9.862  b      promoting.promote            promoting
    9.875  b      standby.gone                 promoting -> deposing
    9.877  b      instance                     down
    9.905  b      deposing.proved              deposing -> asking
    9.905  b      asking.known_solo            asking
    9.905  b      asking.unpromoted            asking -> standby-starting
    9.996  b      instance                     up, standby
    9.997  b      standby_starting.up          standby-starting -> standby
    9.997  b      standby.named                standby -> promoting
    9.997  b      promoting.cut                promoting
    9.999  b      promoting.promote            promoting
   10.012  b      standby.gone                 promoting -> deposing
   10.013  b      instance                     down
   10.042  b      deposing.proved              deposing -> asking
   10.042  b      asking.known_solo            asking
   10.042  b      asking.unpromoted            asking -> standby-starting
   10.123  b      instance                     up, standby
   10.124  b      standby_starting.up          standby-starting -> standby
   10.124  b      standby.named                standby -> promoting
   10.124  b      promoting.cut                promoting
   10.126  b      promoting.promote            promoting
   10.139  b      standby.gone                 promoting -> deposing
   10.140  b      instance                     down
   10.169  b      deposing.proved              deposing -> asking
   10.169  b      asking.known_solo            asking
   10.169  b      asking.unpromoted            asking -> standby-starting
   10.233  b      instance                     up, standby
   10.235  b      standby_starting.up          standby-starting -> standby
   10.235  b      standby.named                standby -> promoting
   10.235  b      promoting.cut                promoting
   10.237  b      promoting.promote            promoting
   10.249  b      standby.gone                 promoting -> deposing
   10.251  b      instance                     down
   10.255  b      deposing.proved              deposing -> asking
   10.255  b      asking.known_solo            asking
   10.279  b      asking.unpromoted            asking -> standby-starting
   10.371  b      instance                     up, standby
   10.371  b      standby_starting.up          standby-starting -> standby
   10.371  b      standby.named                standby -> promoting
   10.371  b      promoting.cut                promoting
   10.373  b      promoting.promote            promoting
   10.386  b      standby.gone                 promoting -> deposing
   10.387  b      instance                     down
   10.416  b      deposing.proved              deposing -> asking
   10.416  b      asking.known_solo            asking
   10.416  b      asking.unpromoted            asking -> standby-starting
   10.486  b      instance                     up, standby
   10.488  b      standby_starting.up          standby-starting -> standby
   10.488  b      standby.named                standby -> promoting
   10.488  b      promoting.cut                promoting
   10.490  b      promoting.promote            promoting
   10.503  b      standby.gone                 promoting -> deposing
   10.504  b      instance                     down
   10.533  b      deposing.proved              deposing -> asking
   10.533  b      asking.known_solo            asking
   10.533  b      asking.unpromoted            asking -> standby-starting
   10.594  b      instance                     up, standby
   10.595  b      standby_starting.up          standby-starting -> standby
   10.595  b      standby.named                standby -> promoting
   10.595  b      promoting.cut                promoting
   10.597  b      promoting.promote            promoting
   10.610  b      standby.gone                 promoting -> deposing
   10.611  b      instance                     down
   10.640  b      deposing.proved              deposing -> asking
   10.640  b      asking.known_solo            asking
   10.640  b      asking.unpromoted            asking -> standby-starting
   10.735  b      instance                     up, standby
   10.736  b      standby_starting.up          standby-starting -> standby
   10.736  b      standby.named                standby -> promoting
   10.736  b      promoting.cut                promoting
   10.738  b      promoting.promote            promoting
   10.751  b      standby.gone                 promoting -> deposing
   10.752  b      instance                     down
   10.781  b      deposing.proved              deposing -> asking
   10.781  b      asking.known_solo            asking
   10.781  b      asking.unpromoted            asking -> standby-starting
   10.883  b      instance                     up, standby
   10.885  b      standby_starting.up          standby-starting -> standby
   10.885  b      standby.named                standby -> promoting
   10.885  b      promoting.cut                promoting
   10.887  b      promoting.promote            promoting
   10.899  b      standby.gone                 promoting -> deposing
   10.901  b      instance                     down
   10.929  b      deposing.proved              deposing -> asking
   10.929  b      asking.known_solo            asking
   10.929  b      asking.unpromoted            asking -> standby-starting
   10.992  b      instance                     up, standby
   10.993  b      standby_starting.up          standby-starting -> standby
   10.993  b      standby.named                standby -> promoting
   10.993  b      promoting.cut                promoting
   10.995  b      promoting.promote            promoting
   11.008  b      standby.gone                 promoting -> deposing
   11.011  b      instance                     down
   11.038  b      deposing.proved              deposing -> asking
   11.038  b      asking.known_solo            asking
   11.038  b      asking.unpromoted            asking -> standby-starting
   11.115  b      instance                     up, standby
   11.116  b      standby_starting.up          standby-starting -> standby
   11.116  b      standby.named                standby -> promoting
   11.116  b      promoting.cut                promoting
   11.118  b      promoting.promote            promoting
   11.131  b      standby.gone                 promoting -> deposing
   11.135  b      instance                     down
   11.161  b      deposing.proved              deposing -> asking
   11.161  b      asking.known_solo            asking
   11.161  b      asking.unpromoted            asking -> standby-starting
   11.258  b      instance                     up, standby
   11.259  b      standby_starting.up          standby-starting -> standby
   11.259  b      standby.named                standby -> promoting
   11.259  b      promoting.cut                promoting
   11.261  b      promoting.promote            promoting
   11.274  b      standby.gone                 promoting -> deposing
   11.276  b      instance                     down
   11.304  b      deposing.proved              deposing -> asking
   11.304  b      asking.known_solo            asking
   11.304  b      asking.unpromoted            asking -> standby-starting
   11.367  b      instance                     up, standby
   11.368  b      standby_starting.up          standby-starting -> standby
   11.368  b      standby.named                standby -> promoting
   11.368  b      promoting.cut                promoting
   11.370  b      promoting.promote            promoting
   11.383  b      standby.gone                 promoting -> deposing
   11.386  b      instance                     down
   11.413  b      deposing.proved              deposing -> asking
   11.413  b      asking.known_solo            asking
   11.413  b      asking.unpromoted            asking -> standby-starting
   11.482  b      instance                     up, standby
   11.483  b      standby_starting.up          standby-starting -> standby
   11.483  b      standby.named                standby -> promoting
   11.483  b      promoting.cut                promoting
   11.485  b      promoting.promote            promoting
   11.497  b      standby.gone                 promoting -> deposing
   11.499  b      instance                     down
   11.527  b      deposing.proved              deposing -> asking
   11.527  b      asking.known_solo            asking
   11.527  b      asking.unpromoted            asking -> standby-starting
   11.601  b      instance                     up, standby
   11.601  b      standby_starting.up          standby-starting -> standby
   11.601  b      standby.named                standby -> promoting
   11.601  b      promoting.cut                promoting
   11.603  b      promoting.promote            promoting
   11.616  b      standby.gone                 promoting -> deposing
   11.618  b      instance                     down
   11.646  b      deposing.proved              deposing -> asking
   11.646  b      asking.known_solo            asking
   11.646  b      asking.unpromoted            asking -> standby-starting
   11.716  b      instance                     up, standby
   11.716  b      standby_starting.up          standby-starting -> standby
   11.716  b      standby.named                standby -> promoting
   11.716  b      promoting.cut                promoting
   11.718  b      promoting.promote            promoting
   11.731  b      standby.gone                 promoting -> deposing
   11.733  b      instance                     down
   11.761  b      deposing.proved              deposing -> asking
   11.761  b      asking.known_solo            asking
   11.761  b      asking.unpromoted            asking -> standby-starting
   11.828  b      instance                     up, standby
   11.829  b      standby_starting.up          standby-starting -> standby
   11.829  b      standby.named                standby -> promoting
   11.829  b      promoting.cut                promoting
   11.831  b      promoting.promote            promoting
   11.844  b      standby.gone                 promoting -> deposing
   11.848  b      instance                     down
   11.855  b      deposing.proved              deposing -> asking
   11.855  b      asking.known_solo            asking
   11.874  b      asking.unpromoted            asking -> standby-starting
   11.962  b      instance                     up, standby
   11.964  b      standby_starting.up          standby-starting -> standby
   11.964  b      standby.named                standby -> promoting
   11.964  b      promoting.cut                promoting
   11.966  b      promoting.promote            promoting
   11.979  b      standby.gone                 promoting -> deposing
   11.980  b      instance                     down
   12.000  -      instance                     b can promote
   12.009  b      deposing.proved              deposing -> asking
   12.009  b      asking.known_solo            asking
   12.009  b      asking.unpromoted            asking -> standby-starting
   12.094  b      instance                     up, standby
   12.095  b      standby_starting.up          standby-starting -> standby
   12.095  b      standby.named                standby -> promoting
   12.095  b      promoting.cut                promoting
   12.097  b      promoting.promote            promoting
   12.148  b      instance                     promoted to timeline 2
   12.149  b      promoting.done               promoting -> proving
   12.149  b      proving.mark                 proving
   12.154  b      proving.open                 proving -> opening
   12.156  b      gate                         open
   12.156  b      opening.done                 opening -> primary
   12.156  a      seeking.ask                  seeking
   12.157  a      standby.take_chain           seeking
   12.162  a      seeking.start                seeking -> standby-starting
   12.240  a      instance                     up, standby
   12.242  a      standby_starting.up          standby-starting -> standby
   12.242  a      standby.open                 standby
   12.255  b      attach.tighten               primary
   12.455  b      attach.propose               primary
   12.459  b      attach.accept                primary
