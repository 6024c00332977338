"""The tab Opvolging of a case: a part for each thing that follows an advice."""
