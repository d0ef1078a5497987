using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Adds a developer's <c>.env.local</c> to the configuration of a host; environment variables of the process take precedence over it.</summary>
internal static class EnvLocalRegistration
{
    public static void Add(IHostApplicationBuilder builder, GitCommand git)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(GitCheck)))
        {
            return;
        }

        var contentRoot = builder.Environment.ContentRootPath;
        var check = new GitCheck(git);
        check.Inspect(EnvLocalFiles.FindWithSecrets(contentRoot));
        builder.Services.AddSingleton(check);

        var variables = EnvLocalFiles.FindNearest(contentRoot) is { } path
            ? new EnvLocalVariables(path, EnvFileParser.Parse(EnvLocalFiles.Read(path), path))
            : null;
        if (variables is not null)
        {
            builder.Services.AddSingleton(variables);
            Insert(builder.Configuration.Sources, new EnvLocalSource(variables));
        }

        builder.Services.AddSingleton<IHostedService>(services => new EnvLocalStartupLogger(
            check,
            variables,
            services.GetService<ILogger<NodeClient>>() ?? NullLogger<NodeClient>.Instance
        ));
    }

    // Inserted before the last source of all environment variables, so that the environment and later sources (the command line) take precedence.
    private static void Insert(IList<IConfigurationSource> sources, EnvLocalSource source)
    {
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i] is EnvironmentVariablesConfigurationSource { Prefix: null or "" })
            {
                sources.Insert(i, source);
                return;
            }
        }

        sources.Add(source);
    }
}
