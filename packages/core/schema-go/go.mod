module daemonlint/schema-go

go 1.23
