# Without D1: who was promoted past its agent keeps the history that it has just been told of, whose timeline has the same number.
servers a b c
primary a
automatic on
begins switchable
eligible 1
silence command
seed 3753
think 0.040000 0.120000
at 2.780835 kill instance a
at 3.237024 instance c promoted by hand
at 5.237024 kill host a
at 9.400724 kill host b
at 10.400724 boot a
at 10.400724 start a -f
lasts 20
never lost
