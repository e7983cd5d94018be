# The successor is half promoted when its instance ends: the new history is there, and who knows who has written in it.
# It hands nothing back, though the primary before is ready, but goes on when it can.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 instance b promotes halfway
at 1.0 instance b promotion lags 2
at 2.0 kill instance a
at 3.0 instance b cannot promote
at 3.0 kill instance b
at 12.0 instance b quiet
at 12.0 instance b can promote
lasts 40
must asking.unpromoted on b
must nobody at 10
must primary b at 20
must switchable at 40
never asking.hand_back on b
never seeking.return on a
never lost
never two acknowledging
expect
    1.000  -      instance                     b promotes halfway
    1.000  -      instance                     b promotion lags 2
    2.000  -      kill                         instance a
    2.000  a      primary.gone                 primary -> failing
    2.001  a      instance                     down
    2.030  a      failing.handover             failing -> consenting
    2.030  b      claim.consent                standby -> claiming
    2.030  b      claiming.cut_early           claiming
    2.034  b      claiming.accept              claiming
    2.037  b      standby.named                claiming -> promoting
    2.037  b      promoting.promote            promoting
    2.038  a      consenting.succeeded         consenting -> asking
    2.038  a      asking.round                 asking
    2.044  a      asking.seek                  asking -> seeking
    3.000  -      instance                     b cannot promote
    3.000  -      kill                         instance b
    3.000  b      standby.gone                 promoting -> deposing
    3.001  b      instance                     down
    3.030  b      deposing.proved              deposing -> asking
    3.030  b      asking.known_solo            asking
    3.030  b      asking.unpromoted            asking -> standby-starting
    3.114  b      instance                     up, standby
    3.114  b      standby_starting.up          standby-starting -> standby
    3.114  b      standby.named                standby -> promoting
    3.114  b      promoting.cut                promoting
    3.116  b      promoting.promote            promoting
    3.129  b      standby.gone                 promoting -> deposing
    3.130  b      instance                     down
    3.159  b      deposing.proved              deposing -> asking
    3.159  b      asking.known_solo            asking
    3.159  b      asking.unpromoted            asking -> standby-starting
    3.257  b      instance                     up, standby
    3.259  b      standby_starting.up          standby-starting -> standby
    3.259  b      standby.named                standby -> promoting
    3.259  b      promoting.cut                promoting
    3.261  b      promoting.promote            promoting
    3.273  b      standby.gone                 promoting -> deposing
    3.274  b      instance                     down
    3.303  b      deposing.proved              deposing -> asking
    3.303  b      asking.known_solo            asking
    3.303  b      asking.unpromoted            asking -> standby-starting
    3.388  b      instance                     up, standby
    3.389  b      standby_starting.up          standby-starting -> standby
    3.389  b      standby.named                standby -> promoting
    3.389  b      promoting.cut                promoting
    3.391  b      promoting.promote            promoting
    3.404  b      standby.gone                 promoting -> deposing
    3.407  b      instance                     down
    3.434  b      deposing.proved              deposing -> asking
    3.434  b      asking.known_solo            asking
    3.434  b      asking.unpromoted            asking -> standby-starting
    3.523  b      instance                     up, standby
    3.524  b      standby_starting.up          standby-starting -> standby
    3.524  b      standby.named                standby -> promoting
    3.524  b      promoting.cut                promoting
    3.526  b      promoting.promote            promoting
    3.539  b      standby.gone                 promoting -> deposing
    3.540  b      instance                     down
    3.569  b      deposing.proved              deposing -> asking
    3.569  b      asking.known_solo            asking
    3.569  b      asking.unpromoted            asking -> standby-starting
    3.665  b      instance                     up, standby
    3.665  b      standby_starting.up          standby-starting -> standby
    3.665  b      standby.named                standby -> promoting
    3.665  b      promoting.cut                promoting
    3.667  b      promoting.promote            promoting
    3.680  b      standby.gone                 promoting -> deposing
    3.684  b      instance                     down
    3.710  b      deposing.proved              deposing -> asking
    3.710  b      asking.known_solo            asking
    3.710  b      asking.unpromoted            asking -> standby-starting
    3.773  b      instance                     up, standby
    3.774  b      standby_starting.up          standby-starting -> standby
    3.774  b      standby.named                standby -> promoting
    3.774  b      promoting.cut                promoting
    3.776  b      promoting.promote            promoting
    3.789  b      standby.gone                 promoting -> deposing
    3.792  b      instance                     down
    3.819  b      deposing.proved              deposing -> asking
    3.819  b      asking.known_solo            asking
    3.819  b      asking.unpromoted            asking -> standby-starting
    3.883  b      instance                     up, standby
    3.885  b      standby_starting.up          standby-starting -> standby
    3.885  b      standby.named                standby -> promoting
    3.885  b      promoting.cut                promoting
    3.887  b      promoting.promote            promoting
    3.899  b      standby.gone                 promoting -> deposing
    3.900  b      instance                     down
    3.929  b      deposing.proved              deposing -> asking
    3.929  b      asking.known_solo            asking
    3.929  b      asking.unpromoted            asking -> standby-starting
    4.030  b      instance                     up, standby
    4.031  b      standby_starting.up          standby-starting -> standby
    4.031  b      standby.named                standby -> promoting
    4.031  b      promoting.cut                promoting
    4.033  b      promoting.promote            promoting
    4.046  b      standby.gone                 promoting -> deposing
    4.050  b      instance                     down
    4.055  b      deposing.proved              deposing -> asking
    4.055  b      asking.known_solo            asking
    4.076  b      asking.unpromoted            asking -> standby-starting
    4.148  b      instance                     up, standby
    4.150  b      standby_starting.up          standby-starting -> standby
    4.150  b      standby.named                standby -> promoting
    4.150  b      promoting.cut                promoting
    4.152  b      promoting.promote            promoting
    4.165  b      standby.gone                 promoting -> deposing
    4.168  b      instance                     down
    4.195  b      deposing.proved              deposing -> asking
    4.195  b      asking.known_solo            asking
    4.195  b      asking.unpromoted            asking -> standby-starting
    4.280  b      instance                     up, standby
    4.281  b      standby_starting.up          standby-starting -> standby
    4.281  b      standby.named                standby -> promoting
    4.281  b      promoting.cut                promoting
    4.283  b      promoting.promote            promoting
    4.296  b      standby.gone                 promoting -> deposing
    4.298  b      instance                     down
    4.326  b      deposing.proved              deposing -> asking
    4.326  b      asking.known_solo            asking
    4.326  b      asking.unpromoted            asking -> standby-starting
    4.393  b      instance                     up, standby
    4.394  b      standby_starting.up          standby-starting -> standby
    4.394  b      standby.named                standby -> promoting
    4.394  b      promoting.cut                promoting
    4.396  b      promoting.promote            promoting
    4.409  b      standby.gone                 promoting -> deposing
    4.412  b      instance                     down
    4.439  b      deposing.proved              deposing -> asking
    4.439  b      asking.known_solo            asking
    4.439  b      asking.unpromoted            asking -> standby-starting
    4.518  b      instance                     up, standby
    4.519  b      standby_starting.up          standby-starting -> standby
    4.519  b      standby.named                standby -> promoting
    4.519  b      promoting.cut                promoting
    4.521  b      promoting.promote            promoting
    4.533  b      standby.gone                 promoting -> deposing
    4.535  b      instance                     down
    4.563  b      deposing.proved              deposing -> asking
    4.563  b      asking.known_solo            asking
    4.563  b      asking.unpromoted            asking -> standby-starting
    4.647  b      instance                     up, standby
    4.647  b      standby_starting.up          standby-starting -> standby
    4.647  b      standby.named                standby -> promoting
    4.647  b      promoting.cut                promoting
    4.649  b      promoting.promote            promoting
    4.662  b      standby.gone                 promoting -> deposing
    4.666  b      instance                     down
    4.692  b      deposing.proved              deposing -> asking
    4.692  b      asking.known_solo            asking
    4.692  b      asking.unpromoted            asking -> standby-starting
    4.794  b      instance                     up, standby
    4.794  b      standby_starting.up          standby-starting -> standby
    4.794  b      standby.named                standby -> promoting
    4.794  b      promoting.cut                promoting
    4.796  b      promoting.promote            promoting
    4.809  b      standby.gone                 promoting -> deposing
    4.812  b      instance                     down
    4.839  b      deposing.proved              deposing -> asking
    4.839  b      asking.known_solo            asking
    4.839  b      asking.unpromoted            asking -> standby-starting
    4.909  b      instance                     up, standby
    4.909  b      standby_starting.up          standby-starting -> standby
    4.909  b      standby.named                standby -> promoting
    4.909  b      promoting.cut                promoting
    4.911  b      promoting.promote            promoting
    4.924  b      standby.gone                 promoting -> deposing
    4.927  b      instance                     down
    4.954  b      deposing.proved              deposing -> asking
    4.954  b      asking.known_solo            asking
    4.954  b      asking.unpromoted            asking -> standby-starting
    5.048  b      instance                     up, standby
    5.048  b      standby_starting.up          standby-starting -> standby
    5.048  b      standby.named                standby -> promoting
    5.048  b      promoting.cut                promoting
    5.050  b      promoting.promote            promoting
    5.063  b      standby.gone                 promoting -> deposing
    5.064  b      instance                     down
    5.093  b      deposing.proved              deposing -> asking
    5.093  b      asking.known_solo            asking
    5.093  b      asking.unpromoted            asking -> standby-starting
    5.170  b      instance                     up, standby
    5.171  b      standby_starting.up          standby-starting -> standby
    5.171  b      standby.named                standby -> promoting
    5.171  b      promoting.cut                promoting
    5.173  b      promoting.promote            promoting
    5.185  b      standby.gone                 promoting -> deposing
    5.189  b      instance                     down
    5.215  b      deposing.proved              deposing -> asking
    5.215  b      asking.known_solo            asking
    5.215  b      asking.unpromoted            asking -> standby-starting
    5.306  b      instance                     up, standby
    5.307  b      standby_starting.up          standby-starting -> standby
    5.307  b      standby.named                standby -> promoting
    5.307  b      promoting.cut                promoting
    5.309  b      promoting.promote            promoting
    5.322  b      standby.gone                 promoting -> deposing
    5.323  b      instance                     down
    5.352  b      deposing.proved              deposing -> asking
    5.352  b      asking.known_solo            asking
    5.352  b      asking.unpromoted            asking -> standby-starting
    5.456  b      instance                     up, standby
    5.456  b      standby_starting.up          standby-starting -> standby
    5.456  b      standby.named                standby -> promoting
    5.456  b      promoting.cut                promoting
    5.458  b      promoting.promote            promoting
    5.471  b      standby.gone                 promoting -> deposing
    5.473  b      instance                     down
    5.501  b      deposing.proved              deposing -> asking
    5.501  b      asking.known_solo            asking
    5.501  b      asking.unpromoted            asking -> standby-starting
    5.573  b      instance                     up, standby
    5.573  b      standby_starting.up          standby-starting -> standby
    5.573  b      standby.named                standby -> promoting
    5.573  b      promoting.cut                promoting
    5.575  b      promoting.promote            promoting
    5.588  b      standby.gone                 promoting -> deposing
    5.589  b      instance                     down
    5.618  b      deposing.proved              deposing -> asking
    5.618  b      asking.known_solo            asking
    5.618  b      asking.unpromoted            asking -> standby-starting
    5.701  b      instance                     up, standby
    5.702  b      standby_starting.up          standby-starting -> standby
    5.702  b      standby.named                standby -> promoting
    5.702  b      promoting.cut                promoting
    5.704  b      promoting.promote            promoting
    5.717  b      standby.gone                 promoting -> deposing
    5.717  b      instance                     down
    5.747  b      deposing.proved              deposing -> asking
    5.747  b      asking.known_solo            asking
    5.747  b      asking.unpromoted            asking -> standby-starting
    5.826  b      instance                     up, standby
    5.827  b      standby_starting.up          standby-starting -> standby
    5.827  b      standby.named                standby -> promoting
    5.827  b      promoting.cut                promoting
    5.829  b      promoting.promote            promoting
    5.841  b      standby.gone                 promoting -> deposing
    5.843  b      instance                     down
    5.855  b      deposing.proved              deposing -> asking
    5.855  b      asking.known_solo            asking
    5.871  b      asking.unpromoted            asking -> standby-starting
    5.933  b      instance                     up, standby
    5.933  b      standby_starting.up          standby-starting -> standby
    5.933  b      standby.named                standby -> promoting
    5.933  b      promoting.cut                promoting
    5.935  b      promoting.promote            promoting
    5.948  b      standby.gone                 promoting -> deposing
    5.950  b      instance                     down
    5.978  b      deposing.proved              deposing -> asking
    5.978  b      asking.known_solo            asking
    5.978  b      asking.unpromoted            asking -> standby-starting
    6.038  b      instance                     up, standby
    6.040  b      standby_starting.up          standby-starting -> standby
    6.040  b      standby.named                standby -> promoting
    6.040  b      promoting.cut                promoting
    6.042  b      promoting.promote            promoting
    6.055  b      standby.gone                 promoting -> deposing
    6.058  b      instance                     down
    6.085  b      deposing.proved              deposing -> asking
    6.085  b      asking.known_solo            asking
    6.085  b      asking.unpromoted            asking -> standby-starting
    6.187  b      instance                     up, standby
    6.189  b      standby_starting.up          standby-starting -> standby
    6.189  b      standby.named                standby -> promoting
    6.189  b      promoting.cut                promoting
    6.191  b      promoting.promote            promoting
    6.204  b      standby.gone                 promoting -> deposing
    6.207  b      instance                     down
    6.234  b      deposing.proved              deposing -> asking
    6.234  b      asking.known_solo            asking
    6.234  b      asking.unpromoted            asking -> standby-starting
    6.294  b      instance                     up, standby
    6.296  b      standby_starting.up          standby-starting -> standby
    6.296  b      standby.named                standby -> promoting
    6.296  b      promoting.cut                promoting
    6.298  b      promoting.promote            promoting
    6.311  b      standby.gone                 promoting -> deposing
    6.312  b      instance                     down
    6.341  b      deposing.proved              deposing -> asking
    6.341  b      asking.known_solo            asking
    6.341  b      asking.unpromoted            asking -> standby-starting
    6.420  b      instance                     up, standby
    6.421  b      standby_starting.up          standby-starting -> standby
    6.421  b      standby.named                standby -> promoting
    6.421  b      promoting.cut                promoting
    6.423  b      promoting.promote            promoting
    6.435  b      standby.gone                 promoting -> deposing
    6.437  b      instance                     down
    6.455  b      deposing.proved              deposing -> asking
    6.455  b      asking.known_solo            asking
    6.465  b      asking.unpromoted            asking -> standby-starting
    6.574  b      instance                     up, standby
    6.575  b      standby_starting.up          standby-starting -> standby
    6.575  b      standby.named                standby -> promoting
    6.575  b      promoting.cut                promoting
    6.577  b      promoting.promote            promoting
    6.590  b      standby.gone                 promoting -> deposing
    6.591  b      instance                     down
    6.620  b      deposing.proved              deposing -> asking
    6.620  b      asking.known_solo            asking
    6.620  b      asking.unpromoted            asking -> standby-starting
    6.710  b      instance                     up, standby
    6.710  b      standby_starting.up          standby-starting -> standby
    6.710  b      standby.named                standby -> promoting
    6.710  b      promoting.cut                promoting
    6.712  b      promoting.promote            promoting
    6.725  b      standby.gone                 promoting -> deposing
    6.728  b      instance                     down
    6.755  b      deposing.proved              deposing -> asking
    6.755  b      asking.known_solo            asking
    6.755  b      asking.unpromoted            asking -> standby-starting
    6.845  b      instance                     up, standby
    6.847  b      standby_starting.up          standby-starting -> standby
    6.847  b      standby.named                standby -> promoting
    6.847  b      promoting.cut                promoting
    6.849  b      promoting.promote            promoting
    6.862  b      standby.gone                 promoting -> deposing
    6.865  b      instance                     down
    6.892  b      deposing.proved              deposing -> asking
    6.892  b      asking.known_solo            asking
    6.892  b      asking.unpromoted            asking -> standby-starting
    6.977  b      instance                     up, standby
    6.978  b      standby_starting.up          standby-starting -> standby
    6.978  b      standby.named                standby -> promoting
    6.978  b      promoting.cut                promoting
    6.980  b      promoting.promote            promoting
    6.993  b      standby.gone                 promoting -> deposing
    6.993  b      instance                     down
    7.023  b      deposing.proved              deposing -> asking
    7.023  b      asking.known_solo            asking
    7.023  b      asking.unpromoted            asking -> standby-starting
    7.092  b      instance                     up, standby
    7.093  b      standby_starting.up          standby-starting -> standby
    7.093  b      standby.named                standby -> promoting
    7.093  b      promoting.cut                promoting
    7.095  b      promoting.promote            promoting
    7.107  b      standby.gone                 promoting -> deposing
    7.110  b      instance                     down
    7.137  b      deposing.proved              deposing -> asking
    7.137  b      asking.known_solo            asking
    7.137  b      asking.unpromoted            asking -> standby-starting
    7.199  b      instance                     up, standby
    7.199  b      standby_starting.up          standby-starting -> standby
    7.199  b      standby.named                standby -> promoting
    7.199  b      promoting.cut                promoting
    7.201  b      promoting.promote            promoting
    7.214  b      standby.gone                 promoting -> deposing
    7.215  b      instance                     down
    7.244  b      deposing.proved              deposing -> asking
    7.244  b      asking.known_solo            asking
    7.244  b      asking.unpromoted            asking -> standby-starting
    7.314  b      instance                     up, standby
    7.314  b      standby_starting.up          standby-starting -> standby
    7.314  b      standby.named                standby -> promoting
    7.314  b      promoting.cut                promoting
    7.316  b      promoting.promote            promoting
    7.329  b      standby.gone                 promoting -> deposing
    7.332  b      instance                     down
    7.359  b      deposing.proved              deposing -> asking
    7.359  b      asking.known_solo            asking
    7.359  b      asking.unpromoted            asking -> standby-starting
    7.432  b      instance                     up, standby
    7.433  b      standby_starting.up          standby-starting -> standby
    7.433  b      standby.named                standby -> promoting
    7.433  b      promoting.cut                promoting
    7.435  b      promoting.promote            promoting
    7.448  b      standby.gone                 promoting -> deposing
    7.451  b      instance                     down
    7.455  b      deposing.proved              deposing -> asking
    7.455  b      asking.known_solo            asking
    7.478  b      asking.unpromoted            asking -> standby-starting
    7.557  b      instance                     up, standby
    7.558  b      standby_starting.up          standby-starting -> standby
    7.558  b      standby.named                standby -> promoting
    7.558  b      promoting.cut                promoting
    7.560  b      promoting.promote            promoting
    7.573  b      standby.gone                 promoting -> deposing
    7.574  b      instance                     down
    7.603  b      deposing.proved              deposing -> asking
    7.603  b      asking.known_solo            asking
    7.603  b      asking.unpromoted            asking -> standby-starting
    7.673  b      instance                     up, standby
    7.675  b      standby_starting.up          standby-starting -> standby
    7.675  b      standby.named                standby -> promoting
    7.675  b      promoting.cut                promoting
    7.677  b      promoting.promote            promoting
    7.689  b      standby.gone                 promoting -> deposing
    7.690  b      instance                     down
    7.719  b      deposing.proved              deposing -> asking
    7.719  b      asking.known_solo            asking
    7.719  b      asking.unpromoted            asking -> standby-starting
    7.790  b      instance                     up, standby
    7.791  b      standby_starting.up          standby-starting -> standby
    7.791  b      standby.named                standby -> promoting
    7.791  b      promoting.cut                promoting
    7.793  b      promoting.promote            promoting
    7.806  b      standby.gone                 promoting -> deposing
    7.809  b      instance                     down
    7.836  b      deposing.proved              deposing -> asking
    7.836  b      asking.known_solo            asking
    7.836  b      asking.unpromoted            asking -> standby-starting
    7.905  b      instance                     up, standby
    7.906  b      standby_starting.up          standby-starting -> standby
    7.906  b      standby.named                standby -> promoting
    7.906  b      promoting.cut                promoting
    7.908  b      promoting.promote            promoting
    7.921  b      standby.gone                 promoting -> deposing
    7.922  b      instance                     down
    7.951  b      deposing.proved              deposing -> asking
    7.951  b      asking.known_solo            asking
    7.951  b      asking.unpromoted            asking -> standby-starting
    8.022  b      instance                     up, standby
    8.023  b      standby_starting.up          standby-starting -> standby
    8.023  b      standby.named                standby -> promoting
    8.023  b      promoting.cut                promoting
    8.025  b      promoting.promote            promoting
    8.038  b      standby.gone                 promoting -> deposing
    8.038  b      instance                     down
    8.055  b      deposing.proved              deposing -> asking
    8.055  b      asking.known_solo            asking
    8.068  b      asking.unpromoted            asking -> standby-starting
    8.140  b      instance                     up, standby
    8.142  b      standby_starting.up          standby-starting -> standby
    8.142  b      standby.named                standby -> promoting
    8.142  b      promoting.cut                promoting
    8.144  b      promoting.promote            promoting
    8.157  b      standby.gone                 promoting -> deposing
    8.159  b      instance                     down
    8.187  b      deposing.proved              deposing -> asking
    8.187  b      asking.known_solo            asking
    8.187  b      asking.unpromoted            asking -> standby-starting
    8.247  b      instance                     up, standby
    8.249  b      standby_starting.up          standby-starting -> standby
    8.249  b      standby.named                standby -> promoting
    8.249  b      promoting.cut                promoting
    8.251  b      promoting.promote            promoting
    8.263  b      standby.gone                 promoting -> deposing
    8.265  b      instance                     down
    8.293  b      deposing.proved              deposing -> asking
    8.293  b      asking.known_solo            asking
    8.293  b      asking.unpromoted            asking -> standby-starting
    8.380  b      instance                     up, standby
    8.381  b      standby_starting.up          standby-starting -> standby
    8.381  b      standby.named                standby -> promoting
    8.381  b      promoting.cut                promoting
    8.383  b      promoting.promote            promoting
    8.396  b      standby.gone                 promoting -> deposing
    8.397  b      instance                     down
    8.426  b      deposing.proved              deposing -> asking
    8.426  b      asking.known_solo            asking
    8.426  b      asking.unpromoted            asking -> standby-starting
    8.527  b      instance                     up, standby
    8.528  b      standby_starting.up          standby-starting -> standby
    8.528  b      standby.named                standby -> promoting
    8.528  b      promoting.cut                promoting
    8.530  b      promoting.promote            promoting
    8.543  b      standby.gone                 promoting -> deposing
    8.544  b      instance                     down
    8.573  b      deposing.proved              deposing -> asking
    8.573  b      asking.known_solo            asking
    8.573  b      asking.unpromoted            asking -> standby-starting
    8.654  b      instance                     up, standby
    8.655  b      standby_starting.up          standby-starting -> standby
    8.655  b      standby.named                standby -> promoting
    8.655  b      promoting.cut                promoting
    8.657  b      promoting.promote            promoting
    8.670  b      standby.gone                 promoting -> deposing
    8.671  b      instance                     down
    8.700  b      deposing.proved              deposing -> asking
    8.700  b      asking.known_solo            asking
    8.700  b      asking.unpromoted            asking -> standby-starting
    8.774  b      instance                     up, standby
    8.776  b      standby_starting.up          standby-starting -> standby
    8.776  b      standby.named                standby -> promoting
    8.776  b      promoting.cut                promoting
    8.778  b      promoting.promote            promoting
    8.791  b      standby.gone                 promoting -> deposing
    8.793  b      instance                     down
    8.821  b      deposing.proved              deposing -> asking
    8.821  b      asking.known_solo            asking
    8.821  b      asking.unpromoted            asking -> standby-starting
    8.919  b      instance                     up, standby
    8.921  b      standby_starting.up          standby-starting -> standby
    8.921  b      standby.named                standby -> promoting
    8.921  b      promoting.cut                promoting
    8.923  b      promoting.promote            promoting
    8.935  b      standby.gone                 promoting -> deposing
    8.936  b      instance                     down
    8.965  b      deposing.proved              deposing -> asking
    8.965  b      asking.known_solo            asking
    8.965  b      asking.unpromoted            asking -> standby-starting
    9.029  b      instance                     up, standby
    9.031  b      standby_starting.up          standby-starting -> standby
    9.031  b      standby.named                standby -> promoting
    9.031  b      promoting.cut                promoting
    9.033  b      promoting.promote            promoting
    9.046  b      standby.gone                 promoting -> deposing
    9.049  b      instance                     down
    9.055  b      deposing.proved              deposing -> asking
    9.055  b      asking.known_solo            asking
    9.076  b      asking.unpromoted            asking -> standby-starting
    9.184  b      instance                     up, standby
    9.184  b      standby_starting.up          standby-starting -> standby
    9.184  b      standby.named                standby -> promoting
    9.184  b      promoting.cut                promoting
    9.186  b      promoting.promote            promoting
    9.199  b      standby.gone                 promoting -> deposing
    9.201  b      instance                     down
    9.229  b      deposing.proved              deposing -> asking
    9.229  b      asking.known_solo            asking
    9.229  b      asking.unpromoted            asking -> standby-starting
    9.298  b      instance                     up, standby
    9.299  b      standby_starting.up          standby-starting -> standby
    9.299  b      standby.named                standby -> promoting
    9.299  b      promoting.cut                promoting
    9.301  b      promoting.promote            promoting
    9.314  b      standby.gone                 promoting -> deposing
    9.315  b      instance                     down
    9.344  b      deposing.proved              deposing -> asking
    9.344  b      asking.known_solo            asking
    9.344  b      asking.unpromoted            asking -> standby-starting
    9.439  b      instance                     up, standby
    9.440  b      standby_starting.up          standby-starting -> standby
    9.440  b      standby.named                standby -> promoting
    9.440  b      promoting.cut                promoting
    9.442  b      promoting.promote            promoting
    9.455  b      standby.gone                 promoting -> deposing
    9.456  b      instance                     down
    9.485  b      deposing.proved              deposing -> asking
    9.485  b      asking.known_solo            asking
    9.485  b      asking.unpromoted            asking -> standby-starting
    9.547  b      instance                     up, standby
    9.549  b      standby_starting.up          standby-starting -> standby
    9.549  b      standby.named                standby -> promoting
    9.549  b      promoting.cut                promoting
    9.551  b      promoting.promote            promoting
    9.563  b      standby.gone                 promoting -> deposing
    9.566  b      instance                     down
    9.593  b      deposing.proved              deposing -> asking
    9.593  b      asking.known_solo            asking
    9.593  b      asking.unpromoted            asking -> standby-starting
    9.679  b      instance                     up, standby
    9.679  b      standby_starting.up          standby-starting -> standby
    9.679  b      standby.named                standby -> promoting
    9.679  b      promoting.cut                promoting
    9.681  b      promoting.promote            promoting
    9.694  b      standby.gone                 promoting -> deposing
    9.697  b      instance                     down
    9.724  b      deposing.proved              deposing -> asking
    9.724  b      asking.known_solo            asking
    9.724  b      asking.unpromoted            asking -> standby-starting
    9.834  b      instance                     up, standby
    9.834  b      standby_starting.up          standby-starting -> standby
    9.834  b      standby.named                standby -> promoting
    9.834  b      promoting.cut                promoting
    9.836  b      promoting.promote            promoting
    9.849  b      standby.gone                 promoting -> deposing
    9.852  b      instance                     down
    9.855  b      deposing.proved              deposing -> asking
    9.855  b      asking.known_solo            asking
    9.879  b      asking.unpromoted            asking -> standby-starting
    9.975  b      instance                     up, standby
    9.977  b      standby_starting.up          standby-starting -> standby
    9.977  b      standby.named                standby -> promoting
    9.977  b      promoting.cut                promoting
    9.979  b      promoting.promote            promoting
    9.992  b      standby.gone                 promoting -> deposing
    9.996  b      instance                     down
   10.022  b      deposing.proved              deposing -> asking
   10.022  b      asking.known_solo            asking
   10.022  b      asking.unpromoted            asking -> standby-starting
   10.114  b      instance                     up, standby
   10.116  b      standby_starting.up          standby-starting -> standby
   10.116  b      standby.named                standby -> promoting
   10.116  b      promoting.cut                promoting
   10.118  b      promoting.promote            promoting
   10.131  b      standby.gone                 promoting -> deposing
   10.133  b      instance                     down
   10.161  b      deposing.proved              deposing -> asking
   10.161  b      asking.known_solo            asking
   10.161  b      asking.unpromoted            asking -> standby-starting
   10.235  b      instance                     up, standby
   10.237  b      standby_starting.up          standby-starting -> standby
   10.237  b      standby.named                standby -> promoting
   10.237  b      promoting.cut                promoting
   10.239  b      promoting.promote            promoting
   10.251  b      standby.gone                 promoting -> deposing
   10.254  b      instance                     down
   10.255  b      deposing.proved              deposing -> asking
   10.255  b      asking.known_solo            asking
   10.281  b      asking.unpromoted            asking -> standby-starting
   10.387  b      instance                     up, standby
   10.387  b      standby_starting.up          standby-starting -> standby
   10.387  b      standby.named                standby -> promoting
   10.387  b      promoting.cut                promoting
   10.389  b      promoting.promote            promoting
   10.402  b      standby.gone                 promoting -> deposing
   10.403  b      instance                     down
   10.432  b      deposing.proved              deposing -> asking
   10.432  b      asking.known_solo            asking
   10.432  b      asking.unpromoted            asking -> standby-starting
   10.493  b      instance                     up, standby
   10.494  b      standby_starting.up          standby-starting -> standby
   10.494  b      standby.named                standby -> promoting
   10.494  b      promoting.cut                promoting
   10.496  b      promoting.promote            promoting
   10.509  b      standby.gone                 promoting -> deposing
   10.510  b      instance                     down
   10.539  b      deposing.proved              deposing -> asking
   10.539  b      asking.known_solo            asking
   10.539  b      asking.unpromoted            asking -> standby-starting
   10.624  b      instance                     up, standby
   10.625  b      standby_starting.up          standby-starting -> standby
   10.625  b      standby.named                standby -> promoting
   10.625  b      promoting.cut                promoting
   10.627  b      promoting.promote            promoting
   10.640  b      standby.gone                 promoting -> deposing
   10.642  b      instance                     down
   10.655  b      deposing.proved              deposing -> asking
   10.655  b      asking.known_solo            asking
   10.670  b      asking.unpromoted            asking -> standby-starting
   10.740  b      instance                     up, standby
   10.742  b      standby_starting.up          standby-starting -> standby
   10.742  b      standby.named                standby -> promoting
   10.742  b      promoting.cut                promoting
   10.744  b      promoting.promote            promoting
   10.757  b      standby.gone                 promoting -> deposing
   10.760  b      instance                     down
   10.787  b      deposing.proved              deposing -> asking
   10.787  b      asking.known_solo            asking
   10.787  b      asking.unpromoted            asking -> standby-starting
   10.892  b      instance                     up, standby
   10.893  b      standby_starting.up          standby-starting -> standby
   10.893  b      standby.named                standby -> promoting
   10.893  b      promoting.cut                promoting
   10.895  b      promoting.promote            promoting
   10.907  b      standby.gone                 promoting -> deposing
   10.909  b      instance                     down
   10.937  b      deposing.proved              deposing -> asking
   10.937  b      asking.known_solo            asking
   10.937  b      asking.unpromoted            asking -> standby-starting
   11.019  b      instance                     up, standby
   11.019  b      standby_starting.up          standby-starting -> standby
   11.019  b      standby.named                standby -> promoting
   11.019  b      promoting.cut                promoting
   11.021  b      promoting.promote            promoting
   11.034  b      standby.gone                 promoting -> deposing
   11.035  b      instance                     down
   11.055  b      deposing.proved              deposing -> asking
   11.055  b      asking.known_solo            asking
   11.064  b      asking.unpromoted            asking -> standby-starting
   11.168  b      instance                     up, standby
   11.168  b      standby_starting.up          standby-starting -> standby
   11.168  b      standby.named                standby -> promoting
   11.168  b      promoting.cut                promoting
   11.170  b      promoting.promote            promoting
   11.183  b      standby.gone                 promoting -> deposing
   11.185  b      instance                     down
   11.213  b      deposing.proved              deposing -> asking
   11.213  b      asking.known_solo            asking
   11.213  b      asking.unpromoted            asking -> standby-starting
   11.288  b      instance                     up, standby
   11.289  b      standby_starting.up          standby-starting -> standby
   11.289  b      standby.named                standby -> promoting
   11.289  b      promoting.cut                promoting
   11.291  b      promoting.promote            promoting
   11.304  b      standby.gone                 promoting -> deposing
   11.307  b      instance                     down
   11.334  b      deposing.proved              deposing -> asking
   11.334  b      asking.known_solo            asking
   11.334  b      asking.unpromoted            asking -> standby-starting
   11.443  b      instance                     up, standby
   11.444  b      standby_starting.up          standby-starting -> standby
   11.444  b      standby.named                standby -> promoting
   11.444  b      promoting.cut                promoting
   11.446  b      promoting.promote            promoting
   11.459  b      standby.gone                 promoting -> deposing
   11.460  b      instance                     down
   11.489  b      deposing.proved              deposing -> asking
   11.489  b      asking.known_solo            asking
   11.489  b      asking.unpromoted            asking -> standby-starting
   11.566  b      instance                     up, standby
   11.567  b      standby_starting.up          standby-starting -> standby
   11.567  b      standby.named                standby -> promoting
   11.567  b      promoting.cut                promoting
   11.569  b      promoting.promote            promoting
   11.581  b      standby.gone                 promoting -> deposing
   11.584  b      instance                     down
   11.611  b      deposing.proved              deposing -> asking
   11.611  b      asking.known_solo            asking
   11.611  b      asking.unpromoted            asking -> standby-starting
   11.675  b      instance                     up, standby
   11.677  b      standby_starting.up          standby-starting -> standby
   11.677  b      standby.named                standby -> promoting
   11.677  b      promoting.cut                promoting
   11.679  b      promoting.promote            promoting
   11.692  b      standby.gone                 promoting -> deposing
   11.694  b      instance                     down
   11.722  b      deposing.proved              deposing -> asking
   11.722  b      asking.known_solo            asking
   11.722  b      asking.unpromoted            asking -> standby-starting
   11.824  b      instance                     up, standby
   11.826  b      standby_starting.up          standby-starting -> standby
   11.826  b      standby.named                standby -> promoting
   11.826  b      promoting.cut                promoting
   11.828  b      promoting.promote            promoting
   11.841  b      standby.gone                 promoting -> deposing
   11.843  b      instance                     down
   11.855  b      deposing.proved              deposing -> asking
   11.855  b      asking.known_solo            asking
   11.871  b      asking.unpromoted            asking -> standby-starting
   11.978  b      instance                     up, standby
   11.979  b      standby_starting.up          standby-starting -> standby
   11.979  b      standby.named                standby -> promoting
   11.979  b      promoting.cut                promoting
   11.981  b      promoting.promote            promoting
   11.994  b      standby.gone                 promoting -> deposing
   11.995  b      instance                     down
   12.000  -      instance                     b quiet
   12.000  -      instance                     b can promote
   12.024  b      deposing.proved              deposing -> asking
   12.024  b      asking.known_solo            asking
   12.024  b      asking.unpromoted            asking -> standby-starting
   12.091  b      instance                     up, standby
   12.092  b      standby_starting.up          standby-starting -> standby
   12.092  b      standby.named                standby -> promoting
   12.092  b      promoting.cut                promoting
   12.094  b      promoting.promote            promoting
   14.149  b      instance                     promoted to timeline 3
   14.150  b      promoting.done               promoting -> proving
   14.150  b      proving.mark_fork            proving
   14.155  b      proving.timeline             proving
   14.158  b      round.accept                 proving
   14.162  b      proving.mark                 proving
   14.168  b      proving.open                 proving -> opening
   14.170  b      gate                         open
   14.170  b      opening.done                 opening -> primary
   14.171  a      seeking.ask                  seeking
   14.171  a      standby.take_chain           seeking
   14.176  a      seeking.start                seeking -> standby-starting
   14.271  a      instance                     up, standby
   14.272  a      standby_starting.up          standby-starting -> standby
   14.272  a      standby.open                 standby
   14.455  b      attach.tighten               primary
   14.655  b      attach.propose               primary
   14.658  b      attach.accept                primary
