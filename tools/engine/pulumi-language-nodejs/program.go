package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// exitedAfterMessage is the exit code of @pulumi/pulumi's run command when it has already told the user what is wrong
// (cmd/run/index.js, nodeJSProcessExitedAfterLoggingUserActionableMessage).
const exitedAfterMessage = 32

// Run runs one program to its end. The monitor's address goes to the program unchanged.
func (h *host) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	entry, err := resolve(req.Info.ProgramDirectory, "@pulumi/pulumi/cmd/run")
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	config, err := configEnv(req)
	if err != nil {
		return nil, err
	}
	args := append(append(nodeArgs(req.Info.Options), entry), h.programArgs(req)...)
	cmd := h.node(ctx, args)
	cmd.Env = append(append(os.Environ(), typescriptEnv(req.Info.Options)...), config...)
	cmd.Stdout, cmd.Stderr = plain{os.Stdout}, plain{os.Stderr}

	err = cmd.Run()
	var status *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &status) && status.ExitCode() == exitedAfterMessage:
		return &pulumirpc.RunResponse{Bail: true}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program ended with: %v", err)}, nil
	}
}

// programArgs are the flags of @pulumi/pulumi's run command (cmd/run/index.js), then the program and its arguments.
func (h *host) programArgs(req *pulumirpc.RunRequest) []string {
	var args []string
	for _, flag := range [][2]string{
		{"--monitor", req.MonitorAddress},
		{"--engine", h.engine},
		{"--organization", req.Organization},
		{"--project", req.Project},
		{"--root-directory", req.Info.RootDirectory},
		{"--stack", req.Stack},
		{"--pwd", req.Info.ProgramDirectory},
		{"--parallel", strconv.Itoa(int(req.Parallel))},
	} {
		if flag[1] != "" {
			args = append(args, flag[0], flag[1])
		}
	}
	if req.DryRun {
		args = append(args, "--dry-run")
	}
	return append(append(args, req.Info.EntryPoint), req.Args...)
}

// configEnv hands the stack's configuration over in the environment, where no other user's process list shows it.
func configEnv(req *pulumirpc.RunRequest) ([]string, error) {
	config, err := json.Marshal(orEmpty(req.Config))
	if err != nil {
		return nil, err
	}
	keys := req.ConfigSecretKeys
	if keys == nil {
		keys = []string{} // the SDK parses a list: null would not do
	}
	secretKeys, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(config), "PULUMI_CONFIG_SECRET_KEYS=" + string(secretKeys)}, nil
}
