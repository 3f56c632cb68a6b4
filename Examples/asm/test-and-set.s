# A lock that cannot fail: xchg looks and takes in one step. Whoever finds it taken spins.
.var taken
.var count
.again
mov $1, %ax
xchg %ax, taken
test $0, %ax
jne .again
mov count, %ax
add $1, %ax
mov %ax, count
mov $0, taken
sub $1, %bx
test $0, %bx
jgt .again
halt
