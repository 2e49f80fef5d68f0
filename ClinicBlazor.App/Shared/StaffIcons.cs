using System.Collections.Frozen;

namespace ClinicBlazor.App.Shared;

/// <summary>The staff pages' icons and status glyphs, drawn on a 20 × 20 grid for lines of small text.</summary>
internal static class StaffIcons
{
    private const string Ring = "M17.25 10a7.25 7.25 0 1 1-14.5 0a7.25 7.25 0 1 1 14.5 0z";

    private const string Disc = "M16.3 8a6.3 6.3 0 1 1-12.6 0a6.3 6.3 0 1 1 12.6 0z";

    private const string Ribbon = "M6.6 13.4 5.5 18.4 10 16l4.5 2.4-1.1-5";

    /// <summary>Every icon by its name.</summary>
    public static FrozenDictionary<string, IconShape> All { get; } = new Dictionary<string, IconShape>
    {
        // Status: a ring fills as a visit goes on; a seal says signed, amended, broken.
        ["amended"] = new(Ribbon, Fill: Disc, Knock: "M10 5.1v5.8M7.1 8h5.8", Glyph: true),
        ["arrived"] = new(Ring, Glyph: true),
        ["broken"] = new(Ribbon, Fill: Disc, Knock: "m7.8 5.8 4.4 4.4M12.2 5.8 7.8 10.2", Glyph: true),
        ["checkout"] = new(Ring, Fill: "M14.5 10a4.5 4.5 0 1 1-9 0a4.5 4.5 0 1 1 9 0z", Glyph: true),
        ["done"] = new(Fill: "M18.1 10a8.1 8.1 0 1 1-16.2 0a8.1 8.1 0 1 1 16.2 0z", Knock: "m6.3 10.3 2.6 2.6 4.9-5.4", Glyph: true),
        ["dot"] = new(Fill: "M14 10a4 4 0 1 1-8 0a4 4 0 1 1 8 0z", Glyph: true),
        ["expected"] = new(Ring, Dash: "2.2 2.35", Glyph: true),
        ["high"] = new("M10 15.5v-11M5.75 8.75 10 4.5l4.25 4.25", Glyph: true),
        ["preliminary"] = new(Ring, Dash: "3.4 2.3", Glyph: true),
        ["ready"] = new(Ring, Fill: "M10 5.5a4.5 4.5 0 0 1 0 9z", Glyph: true),
        ["signed"] = new(Ribbon, Fill: Disc, Knock: "m7.2 8.2 2 2 3.7-4.1", Glyph: true),
        ["triage"] = new(Ring, Fill: "M10 10V5.5a4.5 4.5 0 0 1 4.5 4.5z", Glyph: true),
        ["with-doctor"] = new(Ring, Fill: "M10 10V5.5a4.5 4.5 0 1 1-4.5 4.5z", Glyph: true),

        // Things and acts.
        ["arrow"] = new("M4 10h11.5M11 5.5l4.5 4.5-4.5 4.5"),
        ["asc"] = new("M6 12l4-4.5 4 4.5"),
        ["bell"] = new("M5 13.5V9a5 5 0 0 1 10 0v4.5l1.25 1.5H3.75zM8.25 17.25h3.5"),
        ["board"] = new(
            "M3.9 3.5h1.6a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-1.6a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM9.2 3.5h1.6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-1.6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM14.5 3.5h1.6a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-1.6a1 1 0 0 1-1-1v-8.5a1 1 0 0 1 1-1z"),
        ["calendar"] = new(
            "M5 4.25h10a2 2 0 0 1 2 2v8.75a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-8.75a2 2 0 0 1 2-2zM3 8.5h14M6.75 2.5v3.25M13.25 2.5v3.25"),
        ["chain"] = new(
            "M8.25 11.75a3.25 3.25 0 0 0 4.75.25l2.5-2.5a3.3 3.3 0 0 0-4.65-4.65L9.6 6.1M11.75 8.25A3.25 3.25 0 0 0 7 8l-2.5 2.5a3.3 3.3 0 0 0 4.65 4.65l1.25-1.25"),
        ["check"] = new("m4.25 10.5 3.75 3.75 7.75-8.5"),
        ["clock"] = new(Ring + "M10 5.75V10l3 1.75"),
        ["desc"] = new("M6 8l4 4.5 4-4.5"),
        ["doc"] = new("M5 2.75h6.25L15.5 7v10.25H5zM11.25 2.75V7h4.25M7.75 10.5h4.5M7.75 13.5h4.5"),
        ["download"] = new("M10 3v9.5M6 8.75l4 4 4-4M3.5 16.75h13"),
        ["eye"] = new(
            "M1.75 10S4.75 4.5 10 4.5s8.25 5.5 8.25 5.5-3 5.5-8.25 5.5S1.75 10 1.75 10zM12.25 10a2.25 2.25 0 1 1-4.5 0a2.25 2.25 0 1 1 4.5 0z"),
        ["history"] = new("M3.6 8A6.75 6.75 0 1 1 3.25 11M3.25 3.75V8H7.5M10 6.5V10l2.5 1.5"),
        ["info"] = new(Ring + "M10 9.25V14M10 6.3v.1"),
        ["key"] = new("M10.5 13a3.5 3.5 0 1 1-7 0a3.5 3.5 0 1 1 7 0zM9.5 10.5l7-7M13.5 6.5l2.25 2.25"),
        ["left"] = new("M12.5 4.5 7 10l5.5 5.5"),
        ["lock"] = new(
            "M6.25 9h7.5a1.75 1.75 0 0 1 1.75 1.75v4.5a1.75 1.75 0 0 1-1.75 1.75h-7.5a1.75 1.75 0 0 1-1.75-1.75v-4.5a1.75 1.75 0 0 1 1.75-1.75zM7 9V6.5a3 3 0 0 1 6 0V9"),
        ["monitor"] = new(
            "M4 3.5h12a1.5 1.5 0 0 1 1.5 1.5v7.25a1.5 1.5 0 0 1-1.5 1.5h-12a1.5 1.5 0 0 1-1.5-1.5v-7.25a1.5 1.5 0 0 1 1.5-1.5zM7 17h6M10 13.75V17"),
        ["out"] = new("M8 3.25H4.5c-.7 0-1.25.55-1.25 1.25v11c0 .7.55 1.25 1.25 1.25H8M13 6.5l3.5 3.5-3.5 3.5M16.25 10H8"),
        ["pen"] = new("M12.75 4.25 15.75 7.25 7.25 15.75 3.5 16.5 4.25 12.75z"),
        ["people"] = new(
            "M10.25 7a2.75 2.75 0 1 1-5.5 0a2.75 2.75 0 1 1 5.5 0zM2.25 16.25c.4-2.9 2.5-4.5 5.25-4.5s4.85 1.6 5.25 4.5M13 4.5a2.75 2.75 0 0 1 0 5M15.25 12.2c1.4.7 2.3 2 2.5 4.05"),
        ["person"] = new("M13.25 6.75a3.25 3.25 0 1 1-6.5 0a3.25 3.25 0 1 1 6.5 0zM3.75 17c.6-3.4 3.1-5.25 6.25-5.25s5.65 1.85 6.25 5.25"),
        ["photo"] = new("M4 3.75h12A1.25 1.25 0 0 1 17.25 5v10A1.25 1.25 0 0 1 16 16.25H4A1.25 1.25 0 0 1 2.75 15V5A1.25 1.25 0 0 1 4 3.75zM3 14.25l4.25-4.25 3.25 3.25 2-2 4.25 4.25M13.25 7.25v.1"),
        ["plus"] = new("M10 4.25v11.5M4.25 10h11.5"),
        ["print"] = new(
            "M6 7V3h8v4M6 14H4.25C3.56 14 3 13.44 3 12.75v-4.5C3 7.56 3.56 7 4.25 7h11.5c.69 0 1.25.56 1.25 1.25v4.5c0 .69-.56 1.25-1.25 1.25H14M6 11.5h8V17H6z"),
        ["pulse"] = new("M2.5 10.5h3.25L8 4.75l4 10.5 2.25-4.75h3.25"),
        ["receipt"] = new("M5 2.75h10v14.5l-2.5-1.5-2.5 1.5-2.5-1.5L5 17.25zM7.75 7h4.5M7.75 10.25h4.5"),
        ["refresh"] = new("M16.4 8A6.75 6.75 0 1 0 16.75 11M16.75 3.75V8H12.5"),
        ["right"] = new("m7.5 4.5 5.5 5.5-5.5 5.5"),
        ["search"] = new("M14.25 9a5.25 5.25 0 1 1-10.5 0a5.25 5.25 0 1 1 10.5 0zM13 13l4 4"),
        ["shield"] = new("M10 2.75 16 5v4.6c0 3.6-2.4 6.2-6 7.65-3.6-1.45-6-4.05-6-7.65V5z"),
        ["sliders"] = new("M3 6h7M14 6h3M3 14h3M10 14h7M14 6a2 2 0 1 1-4 0a2 2 0 1 1 4 0zM10 14a2 2 0 1 1-4 0a2 2 0 1 1 4 0z"),
        ["stop"] = new("M7 2.75h6L17.25 7v6L13 17.25H7L2.75 13V7zM10 6.5v4.25M10 13.5v.1"),
        ["tablet"] = new(
            "M6.25 2.5h7.5a1.75 1.75 0 0 1 1.75 1.75v11.5a1.75 1.75 0 0 1-1.75 1.75h-7.5a1.75 1.75 0 0 1-1.75-1.75v-11.5a1.75 1.75 0 0 1 1.75-1.75zM9.25 14.75h1.5"),
        ["tag"] = new("M3.5 3.5h6.25l6.75 6.75-6.25 6.25L3.5 9.75zM6.75 6.75v.1"),
        ["unlock"] = new(
            "M6.25 9h7.5a1.75 1.75 0 0 1 1.75 1.75v4.5a1.75 1.75 0 0 1-1.75 1.75h-7.5a1.75 1.75 0 0 1-1.75-1.75v-4.5a1.75 1.75 0 0 1 1.75-1.75zM7 9V6.5a3 3 0 0 1 5.8-1.1"),
        ["user-plus"] = new(
            "M11.25 6.75a3.25 3.25 0 1 1-6.5 0a3.25 3.25 0 1 1 6.5 0zM2 17c.55-3.4 2.95-5.25 6-5.25 1.6 0 3 .5 4 1.4M15.25 11.5v5.5M12.5 14.25H18"),
        ["warn"] = new("M10 3 17.75 16.5H2.25zM10 8v4M10 14.3v.1"),
        ["x"] = new("m5 5 10 10M15 5 5 15"),
    }.ToFrozenDictionary();
}
