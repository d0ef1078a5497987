using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Authentication;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>A request being processed.</summary>
internal sealed class Call(HttpContext http, long now)
{
    private static readonly PathString[] Prefixes = ["/v1", "/api/v1"];

    private Caller? _caller;

    public HttpContext Http { get; } = http;

    public string RequestId { get; } = Identifier.ForRequest();

    public string Method => Http.Request.Method;

    /// <summary>The path under <c>/v1</c> or <c>/api/v1</c>; null for any other path.</summary>
    public string? Path { get; } = PathUnderPrefix(http.Request.Path);

    public RequestQuery Query => new(Http.Request.Query);

    /// <summary>The time of the request, as a Unix timestamp in milliseconds on the emulator's clock.</summary>
    public long Now { get; } = now;

    /// <summary>The caller; available after the request is authenticated.</summary>
    public Caller Caller
    {
        get => _caller ?? throw new InvalidOperationException("The request is not authenticated yet.");
        set => _caller = value;
    }

    /// <summary>The value of the route parameter <c>{id}</c>.</summary>
    public string RouteValue { get; set; } = "";

    /// <summary>The complete body.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    private static string? PathUnderPrefix(PathString path)
    {
        foreach (var prefix in Prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
            {
                return rest.Value;
            }
        }

        return null;
    }
}
