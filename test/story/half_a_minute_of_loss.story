# Two of five messages between agents are lost for half a minute: nobody changes places for it, nobody is disconnected, and
# commits go on. Here no lease runs out; that is luck, as minute_of_loss shows.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 2.0 lose 400
at 32.0 lose 0
lasts 50
must switchable at 50
must primary a at 50
must outage below 1
must acknowledged more than 20000
never claim.silent
never detach.lost
never promoted a
never promoted b
never lost
expect
    2.000  -      lose                         400
   32.000  -      lose                         0
