# Whoever finds the lock taken gives up the CPU instead of spinning.
# When does that save instructions, and when does it not?
.var taken
.var count
.again
mov $1, %ax
xchg %ax, taken
test $0, %ax
je .in
yield
j .again
.in
mov count, %ax
add $1, %ax
mov %ax, count
mov $0, taken
sub $1, %bx
test $0, %bx
jgt .again
halt
