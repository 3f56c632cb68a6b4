# A two-phase lock: a short try, then sleep. 0 is free, 1 taken, 2 taken and somebody may sleep.
.var lock
.var count
.again
mov $1, %ax
xchg %ax, lock
test $0, %ax
je .in
.wait
mov $2, %ax
xchg %ax, lock
test $0, %ax
je .in
mov $2, %ax
futex-wait lock, %ax
j .wait
.in
mov count, %ax
add $1, %ax
mov %ax, count
mov $0, %ax
xchg %ax, lock
test $2, %ax
jne .next
futex-wake lock
.next
sub $1, %bx
test $0, %bx
jgt .again
halt
