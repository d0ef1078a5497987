using Microsoft.Extensions.Configuration;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>
/// Provides the variables of a <c>.env.local</c> as configuration values, with the names that environment variables have there (<c>A__B</c> is <c>A:B</c>). A
/// setting is omitted if the environment sets it under its other name (<c>NODE_DATA_API_KEY</c> for <c>NodeData:ApiKey</c>).
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
        EnvironmentVariables.Any(variable =>
            (
                path.Equals(variable.Key, StringComparison.OrdinalIgnoreCase)
                || path.StartsWith($"{variable.Key}:", StringComparison.OrdinalIgnoreCase)
            ) && NodeDataEnvironment.GetValue(variable.Value) is not null
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
