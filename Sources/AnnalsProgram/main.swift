import AnnalsCommand

runProgram()
