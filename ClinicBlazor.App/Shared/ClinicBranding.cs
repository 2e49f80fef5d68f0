using System.ComponentModel.DataAnnotations;

namespace ClinicBlazor.App.Shared;

/// <summary>What the clinic calls itself; the settings <c>Clinic:*</c>.</summary>
public sealed class ClinicBranding
{
    /// <summary>Name shown on every page and in every page title.</summary>
    [Required]
    public string Name { get; set; } = "Linden Clinic";
}
