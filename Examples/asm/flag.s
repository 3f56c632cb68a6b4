# No lock at all: between looking at the flag and raising it another thread may look, too.
# With bx=10 each, for which timers is the sum 20?
.var flag
.var count
.again
.wait
mov flag, %ax       # somebody inside?
test $0, %ax
jne .wait
mov $1, flag        # too late: another may have looked meanwhile
mov count, %ax
add $1, %ax
mov %ax, count
mov $0, flag
sub $1, %bx
test $0, %bx
jgt .again
halt
