using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http.Raw;

/// <summary>
/// The path of a call that this client does not describe. It must stay below the base address and hold no secret, in whatever way it is encoded; everything
/// else is the caller's own.
/// </summary>
internal static class RelativePath
{
    // Percent-encoding within percent-encoding is decoded this often; what then still changes is no path that anybody means.
    private const int MostDecodings = 4;

    public static string Check(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var relative = path.StartsWith('/') ? path[1..] : path;
        var decoded = Decode(relative);
        var steps = decoded.Split('?', 2)[0].Split('/');

        if (ApiKeyFormat.MayHoldSecret(decoded))
        {
            throw Refuse("holds a secret or something like one. A secret never stands in an address: send it in the body.");
        }

        if (steps[0].Contains(':', StringComparison.Ordinal) || decoded.StartsWith('/') || decoded.Contains("//", StringComparison.Ordinal))
        {
            throw Refuse("holds a scheme, or two slashes in a row. Give it relative to the base address, such as models/mdl_1.");
        }

        if (decoded.AsSpan().ContainsAny('\\', '#') || decoded.Any(char.IsControl) || relative.Any(char.IsWhiteSpace))
        {
            throw Refuse("holds a backslash, a fragment, white space or a control character. Percent-encode what belongs to a name.");
        }

        return steps.Any(step => step is "." or ".." or "")
            ? throw Refuse("holds an empty part, or '.' or '..'. Give it without steps.")
            : relative;
    }

    private static string Decode(string path)
    {
        for (var i = 0; i < MostDecodings; i++)
        {
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
            {
                return path;
            }

            path = decoded;
        }

        throw Refuse("is percent-encoded many times over.");
    }

    private static ArgumentException Refuse(string what) => new($"The path {what}");
}
