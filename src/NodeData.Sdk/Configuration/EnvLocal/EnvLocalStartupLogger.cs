using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Logs, when the host starts, what was found before logging was available.</summary>
internal sealed class EnvLocalStartupLogger(GitCheck check, EnvLocalVariables? variables, ILogger<NodeClient> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (variables is not null)
        {
            logger.EnvLocalLoaded(variables.Path, variables.All.Count);
        }

        foreach (var (path, command) in check.NotIgnored)
        {
            logger.EnvFileNotIgnored(path, command);
        }

        if (check.FailureReason is not null)
        {
            logger.GitStatusUnavailable(check.FailureReason);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
