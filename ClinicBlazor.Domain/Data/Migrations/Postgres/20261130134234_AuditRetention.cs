using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>Old audit entries go into archives, and each month is signed off.</summary>
    public partial class AuditRetention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AuditArchived",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    EntryId = table.Column<Guid>(type: "uuid", nullable: false),
                    EntryMac = table.Column<byte[]>(type: "bytea", nullable: false),
                    ArchiveNumber = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditArchived", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "AuditArchives",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    FileName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    FirstSequence = table.Column<long>(type: "bigint", nullable: false),
                    LastSequence = table.Column<long>(type: "bigint", nullable: false),
                    Entries = table.Column<int>(type: "integer", nullable: false),
                    Digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    FileSha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    KeyId = table.Column<int>(type: "integer", nullable: false),
                    Mac = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditArchives", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "AuditReviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Month = table.Column<DateOnly>(type: "date", nullable: false),
                    ReviewedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReviewedById = table.Column<Guid>(type: "uuid", nullable: false),
                    Note = table.Column<byte[]>(type: "bytea", nullable: true),
                    Figures = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditReviews", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Act_Outcome_Id",
                table: "AuditEntries",
                columns: new[] { "Act", "Outcome", "Id" },
                filter: "\"Outcome\" <> 'Done'");

            migrationBuilder.CreateIndex(
                name: "IX_AuditArchived_ArchiveNumber_Sequence",
                table: "AuditArchived",
                columns: new[] { "ArchiveNumber", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditArchived_EntryId",
                table: "AuditArchived",
                column: "EntryId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AuditReviews_Month",
                table: "AuditReviews",
                column: "Month",
                unique: true);

            migrationBuilder.LetArchivedGo();
            migrationBuilder.LetKeysOfReviewsChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepArchived();

            migrationBuilder.DropTable(
                name: "AuditArchived");

            migrationBuilder.DropTable(
                name: "AuditArchives");

            migrationBuilder.DropTable(
                name: "AuditReviews");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Act_Outcome_Id",
                table: "AuditEntries");
        }
    }
}
