using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>The calls of the service.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes)
{
    private readonly Route[] _routes = [.. routes];

    /// <summary>Returns the route of a request; rejects an unknown path with 404, and another method of a known path with 405.</summary>
    public Route Find(string method, string? path, out string value)
    {
        value = "";
        var methods = new List<string>();
        foreach (var route in path is null ? [] : _routes)
        {
            if (!route.Matches(path!, out var found))
            {
                continue;
            }

            if (route.Method.Equals(method, StringComparison.Ordinal))
            {
                value = found;
                return route;
            }

            methods.Add(route.Method);
        }

        throw methods.Count == 0
            ? ApiErrorException.NotFound("The path does not exist.")
            : ApiErrorException.MethodNotAllowed(string.Join(", ", methods.Distinct(StringComparer.Ordinal)));
    }
}
