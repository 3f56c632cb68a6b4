# Two threads add to one cell; %bx says how often. For which timer is the sum right?
.var count
.again
mov count, %ax      # what it is
add $1, %ax
mov %ax, count      # what it was, and one more
sub $1, %bx
test $0, %bx
jgt .again
halt
