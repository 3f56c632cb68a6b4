/// The runs that people have asked questions about.
enum QuestionRuns {
  static let all = [
    "jobs": """
    policy rr quantum=3
    workload at=0,len=9,io=3,iotime=2 at=1,len=5 at=2,len=12,io=4,iotime=6 at=4,len=7 at=6,len=3
    workload at=9,len=8,io=2,iotime=4 at=12,len=6 at=15,len=4
    spawn clock 4
    run 40
    kill 3
    run
    """,
    "mixed": """
    spawn family; spawn patience 5; spawn circle; spawn crash boom; spawn reaper; spawn stubborn
    spawn traffic; spawn count 3; spawn dice
    run 30
    kill 8
    kill 6
    run
    """,
    "jobs so far": """
    policy rr quantum=3
    workload at=0,len=9,io=3,iotime=2 at=1,len=5 at=2,len=12,io=4,iotime=6 at=4,len=7 at=6,len=3
    spawn clock 4
    run 5
    """,
    "feedback": """
    policy mlfq quanta=2/4/8 boost=40
    workload len=30 at=2,len=9 at=5,len=12,io=2,iotime=3 len=25,io=1,iotime=1 at=20,len=6
    run
    """,
    "batch": "policy fifo; workload len=8 at=1,len=4 at=2,len=9 at=3,len=5; run",
    "starving": "policy priority; spawn job 900; workload len=3; run 900",
  ]
}
