using NodeData.Emulator.Responses;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Serving;

/// <summary>
/// One call that the service knows, as data. The work runs in one transaction, which is committed before the answer is sent; it refuses before it writes.
/// </summary>
/// <param name="Method">The HTTP method, in upper case.</param>
/// <param name="Path">The path under /v1; one segment may be <c>{id}</c>.</param>
/// <param name="Handler">What it does.</param>
internal sealed record Route(string Method, string Path, Func<Call, Session, Response> Handler)
{
    private readonly string[] _segments = Path.Split('/');

    public Access Access { get; init; } = Access.AnyKey;

    /// <summary>Whether a path is this route's, and the value that stands where the route has <c>{id}</c>.</summary>
    public bool Matches(string path, out string value)
    {
        value = "";
        var segments = path.Split('/');
        if (segments.Length != _segments.Length)
        {
            return false;
        }

        for (var index = 0; index < segments.Length; index++)
        {
            if (_segments[index] is "{id}" && segments[index].Length > 0)
            {
                value = segments[index];
            }
            else if (!_segments[index].Equals(segments[index], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
