"""Files that people bring and take: JSONL, CSV and XLSX, read with suspicion and written all or nothing."""
