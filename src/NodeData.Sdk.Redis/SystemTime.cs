using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Redis;

/// <summary>The system clock: the default of every option that accepts a clock. Nothing else uses it.</summary>
internal static class SystemTime
{
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The only use of the system clock.")]
    public static TimeProvider Provider => TimeProvider.System;
}
