"""`make soak`: the real process under kills, restarts, faults and floods, and what became of every message.

Everything is measured from outside. Every question has a reply of its own, so that each
reply is matched with its question; what is missing, comes twice or comes in the wrong order is counted, and the
exit code is 1 when a bar is missed. The seed is printed: with the same one, questions, kills and faults come in the
same order (their exact times depend on the machine).

Reading order (a file knows only those above it)

    plan        what is done to the bot, for how long, and the bars
    questions   questions, each with the reply that our own engine gives in this process
    ledger      what was asked and replied, and what is wrong with that
    fleet       the bot's processes: started again whenever they end
    balancer    nginx before several of them
    traffic     people who write, at a rate or as fast as they are answered
    chaos       kills, restarts, faults, floods, unreadable updates
    result      the line that is printed, and the bars that were missed
    run         all of it together
"""
