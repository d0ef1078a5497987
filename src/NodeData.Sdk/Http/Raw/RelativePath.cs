using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http.Raw;

/// <summary>
/// Validates the path of a raw request, which is a request to an endpoint without a dedicated method. The resulting URL must be below the base address, and the
/// path must not contain a secret in any encoding. There are no other restrictions.
/// </summary>
internal static class RelativePath
{
    // The maximum number of times that nested percent-encoding is decoded. A path with more levels of encoding is rejected.
    private const int MaxDecodings = 4;

    public static string Validate(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var relative = path.StartsWith('/') ? path[1..] : path;
        var decoded = Decode(relative);
        var segments = decoded.Split('?', 2)[0].Split('/');

        if (ApiKeyFormat.MayContainSecret(decoded))
        {
            throw CreateException(
                "contains a secret or a string that looks like one. A secret must not be part of a URL: send it in the body."
            );
        }

        if (
            segments[0].Contains(':', StringComparison.Ordinal)
            || decoded.StartsWith('/')
            || decoded.Contains("//", StringComparison.Ordinal)
        )
        {
            throw CreateException(
                "contains a scheme or two consecutive slashes. Pass a path relative to the base address, such as models/mdl_1."
            );
        }

        if (decoded.AsSpan().ContainsAny('\\', '#') || decoded.Any(char.IsControl) || relative.Any(char.IsWhiteSpace))
        {
            throw CreateException(
                "contains a backslash, a fragment, white space or a control character. Percent-encode characters that belong to a name."
            );
        }

        return segments.Any(segment => segment is "." or ".." or "")
            ? throw CreateException("contains an empty segment, '.' or '..'. Pass a path without such segments.")
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

        throw CreateException("is percent-encoded too many times.");
    }

    private static ArgumentException CreateException(string problem) => new($"The path {problem}");
}
