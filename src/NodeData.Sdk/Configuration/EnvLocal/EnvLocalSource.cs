using Microsoft.Extensions.Configuration;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>
/// The variables of a <c>.env.local</c> as a part of the configuration, under the names that variables have there (<c>A__B</c> is <c>A:B</c>). What the
/// environment says in another name (<c>NODE_DATA_API_KEY</c> for <c>NodeData:ApiKey</c>) is left to it.
/// </summary>
internal sealed class EnvLocalSource(EnvLocalVariables variables) : IConfigurationSource
{
    private static readonly Dictionary<string, string> EnvironmentVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NodeData:ApiKey"] = NodeDataEnvironment.ApiKey,
        ["NodeData:BaseAddress"] = NodeDataEnvironment.BaseUrl,
        ["NodeData:WebhookSecrets"] = NodeDataEnvironment.WebhookSecret,
    };

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(variables);

    private static bool IsSetInEnvironment(string path) =>
        EnvironmentVariables.Any(other =>
            (
                path.Equals(other.Key, StringComparison.OrdinalIgnoreCase)
                || path.StartsWith($"{other.Key}:", StringComparison.OrdinalIgnoreCase)
            ) && NodeDataEnvironment.GetValue(other.Value) is not null
        );

    private sealed class Provider(EnvLocalVariables variables) : ConfigurationProvider
    {
        public override void Load()
        {
            foreach (var (name, value) in variables.All)
            {
                var path = name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
                if (!IsSetInEnvironment(path))
                {
                    Set(path, value);
                }
            }
        }
    }
}
