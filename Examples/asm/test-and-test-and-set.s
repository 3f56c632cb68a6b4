# Looks before it tries: while the lock is taken it only reads, which leaves the memory alone.
# How many instructions does that cost, compared with test-and-set.s?
.var taken
.var count
.again
.wait
mov taken, %ax      # read until it looks free
test $0, %ax
jne .wait
mov $1, %ax
xchg %ax, taken     # now look and take in one step
test $0, %ax
jne .wait
mov count, %ax
add $1, %ax
mov %ax, count
mov $0, taken
sub $1, %bx
test $0, %bx
jgt .again
halt
