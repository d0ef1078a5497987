using System.Reflection;

namespace NodeData.Sdk.Http;

/// <summary>Provides the <c>User-Agent</c> header: the version of the package and of the runtime.</summary>
internal static class UserAgent
{
    public static string Value { get; } = $"NodeData.Sdk/{PackageVersion} dotnet/{Environment.Version}";

    // The part after a plus sign is the commit, which is not sent.
    public static string PackageVersion =>
        typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
