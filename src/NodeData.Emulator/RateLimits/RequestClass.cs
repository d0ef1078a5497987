using Microsoft.AspNetCore.Http;

namespace NodeData.Emulator.RateLimits;

/// <summary>The class that a request is counted in (contract, "Rate limits").</summary>
internal enum RequestClass
{
    Read,
    Write,
    Upload,
}

/// <summary>The limits per key and minute (contract, "Rate limits").</summary>
internal static class RequestClasses
{
    public static RequestClass FromMethod(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? RequestClass.Read : RequestClass.Write;

    public static int GetLimit(this RequestClass requestClass) =>
        requestClass switch
        {
            RequestClass.Read => 1_000,
            RequestClass.Write => 120,
            _ => 30,
        };

    public static string ToText(this RequestClass requestClass) =>
        requestClass switch
        {
            RequestClass.Read => "reads",
            RequestClass.Write => "writes",
            _ => "uploads",
        };
}
