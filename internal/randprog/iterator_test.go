package randprog

import (
	"go/ast"
	"go/types"
	"strings"
)

// outer returns the activation that f is a part of.
func (f *frame) outer() *frame {
	for f.of != nil {
		f = f.of
	}
	return f
}

// iterates executes a loop over what the iterator fn passes to its body.
func (r *run) iterates(s *ast.RangeStmt, fn *function, label string) flow {
	r.feature("iterator")
	at, end, to := r.stack[len(r.stack)-1], falls, ""
	r.invoke(fn, []value{&function{yield: func(args []value) value {
		callers := r.stack
		body := &frame{how: "loop body", of: at, env: at.env, line: at.line}
		r.stack = append(callers[:len(callers):len(callers)], body)
		defer func() { r.stack = callers }()
		r.declare(body, s.Key.(*ast.Ident), args[0])
		f := r.block(s.Body.List)
		if !r.leaves(f, label) {
			return true
		}
		end, to = r.after(f, label), r.label
		return false
	}}})
	r.label = to
	return end
}

// atomic performs an operation on an atomic flag.
func (r *run) atomic(op string, at lockRef, args []value) value {
	c := at.o.fields[at.field]
	if c == nil {
		c = &cell{lazy{types.Typ[types.Bool]}}
		if at.o.fresh {
			c.v = false
		}
		at.o.fields[at.field] = c
	}
	old := r.read(c, "atomic flag")
	switch strings.TrimPrefix(op, "atomic ") {
	case "Store":
		c.v = args[0]
		return nothing{}
	case "CompareAndSwap":
		if old == args[0] {
			c.v = args[1]
		}
		return old == args[0]
	}
	return old
}
