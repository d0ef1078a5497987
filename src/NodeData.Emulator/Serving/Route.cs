using NodeData.Emulator.Responses;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Serving;

/// <summary>
/// A call of the service, as data. The handler runs in one transaction, which is committed before the response is sent; it rejects a request before it writes.
/// </summary>
/// <param name="Method">The HTTP method, in upper case.</param>
/// <param name="Path">The path under <c>/v1</c>; one segment may be <c>{id}</c>.</param>
/// <param name="Handler">The handler of the call.</param>
internal sealed record Route(string Method, string Path, Func<Call, Session, Response> Handler)
{
    private readonly string[] _segments = Path.Split('/');

    public Access Access { get; init; } = Access.AnyKey;

    /// <summary>Whether a path matches this route, and the value of <c>{id}</c>.</summary>
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
