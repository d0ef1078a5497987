namespace NodeData.Sdk.Configuration;

/// <summary>
/// Validates and completes a base address (contract, "Hosts and paths"), so that the same NODE_DATA_BASE_URL works for clients in any language. Messages name
/// the setting and never contain the value, which may include a password.
/// </summary>
internal static class BaseAddress
{
    private const string ApiHost = "api.nodedata.dev";
    private const string ApexHost = "nodedata.ai";
    private const string ApexTargetHost = "www.nodedata.ai";
    private const string SchemeDelimiter = "://";

    public static Uri Default { get; } = new($"https://{ApiHost}/v1");

    public static Uri Parse(string text, string setting)
    {
        text = text.Trim();
        var absolute = text.Contains(SchemeDelimiter, StringComparison.Ordinal) ? text : $"https://{text}";
        if (!Uri.TryCreate(absolute, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            throw CreateError(setting, "is not an address. Use one such as https://api.nodedata.dev/v1.");
        }

        if (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
        {
            throw CreateError(setting, "has a scheme other than https (or http for this machine). Use https.");
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            throw CreateError(setting, "is a plain-http address of another machine, so the key could be read in transit. Use https.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw CreateError(setting, "contains a user name or password. Remove them: the API key is the only credential.");
        }

        return address.Query.Length > 0 || address.Fragment.Length > 0
            ? throw CreateError(setting, "contains a query or a fragment. Specify only the scheme, host and path.")
            : CompleteHostAndPath(address);
    }

    private static Uri CompleteHostAndPath(Uri address)
    {
        var builder = new UriBuilder(address);
        if (string.Equals(builder.Host, ApexHost, StringComparison.OrdinalIgnoreCase))
        {
            builder.Host = ApexTargetHost;
        }

        var path = builder.Path.TrimEnd('/');
        builder.Path =
            path.Length > 0 ? path
            : builder.Host == ApiHost ? "/v1"
            : "/api/v1";
        return builder.Uri;
    }

    private static NodeDataConfigurationException CreateError(string setting, string problem) => new($"{setting} {problem}");
}
