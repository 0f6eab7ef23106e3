package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/structpb"
)

// interruptGrace is what a Node process gets between the interrupt and the kill.
const interruptGrace = 5 * time.Second

// node prepares a Node process that is interrupted when either the call or the whole host is cancelled.
func (h *host) node(call context.Context, args []string) *exec.Cmd {
	either, stop := context.WithCancel(h.ctx)
	context.AfterFunc(call, stop)
	cmd := exec.CommandContext(either, "node", args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = interruptGrace
	return cmd
}

// plain hides the file behind os.Stdout, so that Node gets a pipe and cannot switch the file to non-blocking.
type plain struct{ file *os.File }

func (p plain) Write(b []byte) (int, error) { return p.file.Write(b) }

// resolve finds a module the way the program itself would, from its own folder.
func resolve(dir, module string) (string, error) {
	cmd := exec.Command("node", "-p", fmt.Sprintf("require.resolve(%q)", module))
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("cannot find %s from %s; run npm install there (%v %s)", module, dir, err, strings.TrimSpace(stderr.String()))
	}
	return strings.TrimSpace(string(out)), nil
}

// typescriptEnv translates the runtime options of Pulumi.yaml into the variables that @pulumi/pulumi reads.
func typescriptEnv(options *structpb.Struct) []string {
	settings := options.AsMap()
	if enabled, ok := settings["typescript"].(bool); ok && !enabled {
		return nil
	}
	env := []string{"PULUMI_NODEJS_TYPESCRIPT=true"}
	if path, ok := settings["tsconfig"].(string); ok {
		env = append(env, "PULUMI_NODEJS_TSCONFIG_PATH="+path)
	}
	return env
}

func nodeArgs(options *structpb.Struct) []string {
	args, _ := options.AsMap()["nodeargs"].(string)
	return strings.Fields(args)
}

func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
