using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http.Raw;

/// <summary>
/// The path of a call that this client does not describe. It must stay below the base address and hold no secret, in whatever way it is encoded; everything
/// else is the caller's own.
/// </summary>
internal static class RelativePath
{
    // Percent-encoding within percent-encoding is decoded this often; what then still changes is no path that anybody means.
    private const int MaxDecodings = 4;

    public static string Validate(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var relative = path.StartsWith('/') ? path[1..] : path;
        var decoded = Decode(relative);
        var segments = decoded.Split('?', 2)[0].Split('/');

        if (ApiKeyFormat.MayContainSecret(decoded))
        {
            throw CreateException("holds a secret or something like one. A secret never stands in an address: send it in the body.");
        }

        if (
            segments[0].Contains(':', StringComparison.Ordinal)
            || decoded.StartsWith('/')
            || decoded.Contains("//", StringComparison.Ordinal)
        )
        {
            throw CreateException("holds a scheme, or two slashes in a row. Give it relative to the base address, such as models/mdl_1.");
        }

        if (decoded.AsSpan().ContainsAny('\\', '#') || decoded.Any(char.IsControl) || relative.Any(char.IsWhiteSpace))
        {
            throw CreateException(
                "holds a backslash, a fragment, white space or a control character. Percent-encode what belongs to a name."
            );
        }

        return segments.Any(segment => segment is "." or ".." or "")
            ? throw CreateException("holds an empty part, or '.' or '..'. Give it without steps.")
            : relative;
    }

    private static string Decode(string path)
    {
        for (var i = 0; i < MaxDecodings; i++)
        {
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
            {
                return path;
            }

            path = decoded;
        }

        throw CreateException("is percent-encoded many times over.");
    }

    private static ArgumentException CreateException(string problem) => new($"The path {problem}");
}
