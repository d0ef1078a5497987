using Microsoft.Extensions.Hosting;
using NodeData.Sdk;
using NodeData.Sdk.Configuration.EnvLocal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a developer's machine its secrets.</summary>
public static class NodeDataHostApplicationBuilderExtensions
{
    /// <summary>
    /// Reads the nearest <c>.env.local</c>, from the content root upwards to the root of the git repository (without a repository: of the content root alone), in
    /// the environment <c>Development</c> only. Its variables stand below those of the process, which win: <c>NODE_DATA_API_KEY</c>,
    /// <c>NODE_DATA_BASE_URL</c>, <c>NODE_DATA_WEBHOOK_SECRET</c>, <c>NodeData__ExpectedMode</c>, and any other as a part of the configuration. It is read
    /// once, and no variable of the process is set.
    /// </summary>
    /// <remarks>
    /// A <c>.env.local</c> or <c>.env</c> on the way that holds a Node Data secret is looked at with git, for a second at most: tracked, it is refused; not
    /// ignored, it is warned about when the host starts. Called again, it does nothing.
    /// </remarks>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="allEnvironments">Whether to read it in other environments than <c>Development</c> as well.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="NodeDataConfigurationException">
    /// A line cannot be read (the message names the file and the line, never the value), or git tracks a file with a secret (the message holds the commands that
    /// cure it).
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
