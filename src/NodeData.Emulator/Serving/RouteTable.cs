using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>All calls that the service knows.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes)
{
    private readonly Route[] _routes = [.. routes];

    /// <summary>The route of a request; refuses an unknown path with 404, a known one with another method with 405.</summary>
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
            ? ApiErrorException.NotFound("There is no such path.")
            : ApiErrorException.MethodNotAllowed(string.Join(", ", methods.Distinct(StringComparer.Ordinal)));
    }
}
