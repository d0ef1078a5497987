using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Writes a key as text or JSON, without its secret.</summary>
internal static class KeyText
{
    public static Cell FormatStatus(ApiKeyInfo key) =>
        key.Status switch
        {
            { } status when status == ApiKeyStatus.Active => Cell.Good(status.Value),
            { } status when status == ApiKeyStatus.Expired => Cell.Warning(status.Value),
            { } status when status == ApiKeyStatus.Revoked => Cell.Dim(status.Value),
            var other => other?.Value,
        };

    public static void Write(Invocation invocation, ApiKeyInfo key)
    {
        if (invocation.IsJson)
        {
            invocation.WriteJson(KeyShape.From(key), KeysJson.Indented.KeyShape);
            return;
        }

        var facts = new Facts();
        facts.Add("id", key.Id);
        facts.Add("name", key.Name);
        facts.Add("mode", ModeText.Format(key.Mode, key.RawMode));
        facts.Add("status", FormatStatus(key));
        facts.Add("hint", key.Hint);
        facts.Add("scopes", ScopesText.Format(key.Scopes));
        facts.Add("created", key.CreatedAt);
        facts.Add("expires", key.ExpiresAt is null ? "never" : key.ExpiresAt);
        facts.Add("last used", key.LastUsedAt);
        facts.Add("revoked", key.RevokedAt);
        facts.Write(invocation.Terminal);
    }
}
