using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>Tests the hook and writes whether it blocks secrets.</summary>
internal static class HookReport
{
    public static ExitCode Write(Invocation invocation, PreCommitHook hook)
    {
        var isInstalled = hook.IsInstalled;
        var reason = hook.GetFailureReason();
        if (invocation.IsJson)
        {
            invocation.WriteJson(new HookShape(hook.FilePath, isInstalled, reason is null, reason), HooksJson.Indented.HookShape);
        }
        else
        {
            var facts = new Facts();
            facts.Add("hook", hook.FilePath);
            facts.Add("installed", isInstalled ? Cell.Good("yes") : Cell.Bad("no"));
            facts.Add("effective", reason is null ? Cell.Good("yes, it blocked a generated key") : Cell.Bad($"no: {reason}"));
            facts.Write(invocation.Terminal);
        }

        return reason is null ? ExitCode.Ok : ExitCode.Failed;
    }
}
