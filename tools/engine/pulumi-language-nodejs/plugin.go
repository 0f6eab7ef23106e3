package main

import (
	"context"
	"encoding/json"
	"io"
	"strconv"

	sdk "github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a policy pack (kind "analyzer") or another Node plugin until it exits.
func (h *host) RunPlugin(req *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer) error {
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(stream, false)
	if err != nil {
		return err
	}
	defer closer.Close()
	if req.Kind == "analyzer" {
		return h.runPolicyPack(stream.Context(), req, stdout, stderr)
	}
	entry, err := resolve(req.Info.ProgramDirectory, "@pulumi/pulumi/cmd/run-plugin")
	if err != nil {
		return err
	}
	args := append(nodeArgs(req.Info.Options), entry, req.Info.ProgramDirectory)
	cmd := h.node(stream.Context(), append(args, req.Args...))
	cmd.Dir, cmd.Env = req.Pwd, append(req.Env, typescriptEnv(req.Info.Options)...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd.Run()
}

// runPolicyPack starts the pack behind the SDK's proxy: the stack arrives only in the engine's ConfigureStack call, but
// the pack reads it from its environment, so the proxy answers the engine until the pack can be started.
func (h *host) runPolicyPack(ctx context.Context, req *pulumirpc.RunPluginRequest, stdout, stderr io.Writer) error {
	dir := req.Info.ProgramDirectory
	entry, err := resolve(dir, "@pulumi/pulumi/cmd/run-policy-pack")
	if err != nil {
		return err
	}
	proxy, packOut, err := sdk.NewPolicyProxy(ctx, stdout)
	if err != nil {
		return err
	}
	stack, err := proxy.AwaitConfiguration(ctx)
	if err != nil {
		return err
	}
	env := append(req.Env, typescriptEnv(req.Info.Options)...)
	if stack != nil { // `pulumi policy analyze` judges a state file and has no stack
		config, err := json.Marshal(orEmpty(stack.Config))
		if err != nil {
			return err
		}
		env = append(env,
			"PULUMI_NODEJS_ORGANIZATION="+stack.Organization,
			"PULUMI_NODEJS_PROJECT="+stack.Project,
			"PULUMI_NODEJS_STACK="+stack.Stack,
			"PULUMI_NODEJS_DRY_RUN="+strconv.FormatBool(stack.DryRun),
			"PULUMI_CONFIG="+string(config))
	}
	args := append(nodeArgs(req.Info.Options), entry)
	cmd := h.node(ctx, append(append(args, req.Args...), dir))
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, env, packOut, stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	return proxy.Attach(ctx, cmd)
}
