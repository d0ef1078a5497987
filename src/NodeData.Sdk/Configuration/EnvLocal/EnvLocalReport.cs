using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Tells the log what was found before there was one.</summary>
internal sealed class EnvLocalReport(GitCheck git, EnvLocalVariables? read, ILogger<NodeClient> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (read is not null)
        {
            logger.EnvLocalRead(read.Path, read.All.Count);
        }

        foreach (var (path, command) in git.NotIgnored)
        {
            logger.EnvFileNotIgnored(path, command);
        }

        if (git.Failure is not null)
        {
            logger.EnvFilesNotLookedAt(git.Failure);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
