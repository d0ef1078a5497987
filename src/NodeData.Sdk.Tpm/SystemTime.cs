using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Tpm;

/// <summary>The one place that knows the system's clock: the default of the option that takes another.</summary>
internal static class SystemTime
{
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The default stands here, once.")]
    public static TimeProvider Provider => TimeProvider.System;
}
