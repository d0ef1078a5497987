using Microsoft.Extensions.Hosting;
using NodeData.Sdk;
using NodeData.Sdk.Configuration.EnvLocal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides an extension method that reads secrets on a developer's machine.</summary>
public static class NodeDataHostApplicationBuilderExtensions
{
    /// <summary>
    /// Reads the nearest <c>.env.local</c> file, from the content root upwards to the root of the git repository (without a repository, only in the content
    /// root), in the <c>Development</c> environment only. The variables of the process take precedence over those of the file: <c>NODE_DATA_API_KEY</c>,
    /// <c>NODE_DATA_BASE_URL</c>, <c>NODE_DATA_WEBHOOK_SECRET</c>, <c>NodeData__ExpectedMode</c>, and any other variable as a configuration value. The file is
    /// read once, and the environment of the process is not changed.
    /// </summary>
    /// <remarks>
    /// If a <c>.env.local</c> or <c>.env</c> file in one of these folders contains a Node Data secret, git checks the file; each git command takes at most one
    /// second. A tracked file is rejected; a file that is not ignored is logged as a warning when the host starts. Further calls have no effect.
    /// </remarks>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="allEnvironments">True to read the file in all environments; false to read it in <c>Development</c> only.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="NodeDataConfigurationException">
    /// A line is invalid (the message names the file and the line, never the value), or git tracks a file with a secret (the message contains the
    /// commands that fix it).
    /// </exception>
    public static IHostApplicationBuilder AddNodeDataEnvLocal(this IHostApplicationBuilder builder, bool allEnvironments = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (allEnvironments || builder.Environment.IsDevelopment())
        {
            EnvLocalRegistration.Add(builder, GitCommand.CreateDefault());
        }

        return builder;
    }
}
