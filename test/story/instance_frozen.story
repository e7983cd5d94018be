# Every process of the primary's instance is stopped: sick, killed, handed over.
servers a b
arbiters w
primary a
automatic on
begins switchable
at 1.0 freeze instance a
lasts 12
must primary.sick on a by 4
must primary b at 5
must outage below 4
must switchable at 12
